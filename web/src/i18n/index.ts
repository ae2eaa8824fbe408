import { signal } from "@preact/signals";
import { safeLocalStorage } from "../storage";
import { en } from "./en";
import { ko, type Translations } from "./ko";

export type Language = "ko" | "en";

const TRANSLATIONS: Record<Language, Translations> = { ko, en };

function initialLanguage(): Language {
  const stored = safeLocalStorage.read("language");
  if (stored === "ko" || stored === "en") return stored;
  return navigator.language.startsWith("ko") ? "ko" : "en";
}

const language = signal<Language>(initialLanguage());
document.documentElement.lang = language.peek();

export function setLanguage(next: Language): void {
  safeLocalStorage.write("language", next);
  document.documentElement.lang = next;
  language.value = next;
}

export function useLanguage(): Language {
  return language.value;
}

/** The name of a value that the API may extend; undefined if it has none yet. */
export function nameOf(names: object, key: string | number): string | undefined {
  const value: unknown = Object.hasOwn(names, key) ? names[key as keyof typeof names] : undefined;
  return typeof value === "string" ? value : undefined;
}

export function useTranslations(): Translations {
  return TRANSLATIONS[useLanguage()];
}
