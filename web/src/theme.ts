import { signal } from "@preact/signals";
import { safeLocalStorage } from "./storage";

export type Theme = "light" | "dark";

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function currentTheme(): Theme {
  const stored = safeLocalStorage.read("theme");
  if (stored === "light" || stored === "dark") return stored;
  return systemDark.matches ? "dark" : "light";
}

const theme = signal<Theme>(currentTheme());

function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme();
  theme.value = currentTheme();
}

/** Applies the stored theme, or the system's and its changes. */
export function initTheme(): void {
  applyTheme();
  systemDark.addEventListener("change", applyTheme);
}

export function setTheme(next: Theme): void {
  safeLocalStorage.write("theme", next);
  applyTheme();
}

export function useTheme(): Theme {
  return theme.value;
}
