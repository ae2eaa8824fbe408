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

export function useTranslations(): Translations {
  return TRANSLATIONS[useLanguage()];
}
