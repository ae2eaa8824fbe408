import { chooseLanguage, useLanguage } from "../i18n/language";
import { useWords } from "../i18n/words";

export function LanguageButton() {
  const { settings } = useWords();
  const other = useLanguage() === "ko" ? "en" : "ko";
  const name = other === "en" ? settings.toEnglish : settings.toKorean;
  return (
    <button
      type="button"
      class="tool"
      lang={other}
      onClick={() => chooseLanguage(other)}
      data-testid="language"
    >
      {name}
    </button>
  );
}
