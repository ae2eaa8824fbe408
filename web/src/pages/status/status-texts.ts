import { useLanguage } from "../../i18n";
import { status as en } from "../../i18n/en/status";
import { status as ko } from "../../i18n/ko/status";

/** The texts of the page, which are loaded with its code. */
export function useStatusTexts() {
  return { ko, en }[useLanguage()].status;
}
