import { useWords } from "../i18n/words";
import { Icon } from "../parts/icon";
import { chooseTheme, useTheme } from "../theme";

export function ThemeButton() {
  const { settings } = useWords();
  const other = useTheme() === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      class="tool tool-icon"
      aria-label={settings[other]}
      title={settings[other]}
      onClick={() => chooseTheme(other)}
      data-testid="theme"
    >
      <Icon name={other === "dark" ? "moon" : "sun"} />
    </button>
  );
}
