import { kept } from "./remember";
import { createStore, useStore } from "./store";

export type Theme = "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");

function current(): Theme {
  const chosen = kept.read("theme");
  if (chosen === "light" || chosen === "dark") return chosen;
  return system.matches ? "dark" : "light";
}

const theme = createStore<Theme>(current());

function apply(): void {
  document.documentElement.dataset.theme = current();
  theme.set(current());
}

/** Shows the theme that was chosen, or the system's, and follows it. */
export function followTheme(): void {
  apply();
  system.addEventListener("change", apply);
}

export function chooseTheme(chosen: Theme): void {
  kept.write("theme", chosen);
  apply();
}

export function useTheme(): Theme {
  return useStore(theme);
}
