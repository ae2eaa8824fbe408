import { kept } from "../remember";
import { createStore, useStore } from "../store";

export type Language = "ko" | "en";

function preferred(): Language {
  const chosen = kept.read("language");
  if (chosen === "ko" || chosen === "en") return chosen;
  return navigator.language.startsWith("ko") ? "ko" : "en";
}

const language = createStore<Language>(preferred());
document.documentElement.lang = language.get();

export function chooseLanguage(chosen: Language): void {
  kept.write("language", chosen);
  document.documentElement.lang = chosen;
  language.set(chosen);
}

export function useLanguage(): Language {
  return useStore(language);
}
