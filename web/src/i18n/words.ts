import { en } from "./en";
import { ko, type Words } from "./ko";
import { useLanguage, type Language } from "./language";

const WORDS: Record<Language, Words> = { ko, en };

/** All texts in the chosen language. */
export function useWords(): Words {
  return WORDS[useLanguage()];
}
