import { useLanguage } from "../../i18n";
import { predict as en } from "../../i18n/en/predict";
import { predict as ko } from "../../i18n/ko/predict";

/** The texts of the page, which are loaded with its code. */
export function usePredictTexts() {
  return { ko, en }[useLanguage()].predict;
}
