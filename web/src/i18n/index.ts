import { safeLocalStorage } from "../storage";
import { createStore, useStore } from "../store";
import { en } from "./en";
import { ko, type Translations } from "./ko";

export type Language = "ko" | "en";

const TRANSLATIONS: Record<Language, Translations> = { ko, en };

function initialLanguage(): Language {
  const stored = safeLocalStorage.read("language");
  if (stored === "ko" || stored === "en") return stored;
  return navigator.language.startsWith("ko") ? "ko" : "en";
}

const language = createStore<Language>(initialLanguage());
document.documentElement.lang = language.get();

export function setLanguage(next: Language): void {
  safeLocalStorage.write("language", next);
  document.documentElement.lang = next;
  language.set(next);
}

export function useLanguage(): Language {
  return useStore(language);
}

/** The name of a value that the API may extend; undefined if it has none yet. */
export function nameOf(names: object, key: string | number): string | undefined {
  const value: unknown = Object.hasOwn(names, key) ? names[key as keyof typeof names] : undefined;
  return typeof value === "string" ? value : undefined;
}

export function useTranslations(): Translations {
  return TRANSLATIONS[useLanguage()];
}
