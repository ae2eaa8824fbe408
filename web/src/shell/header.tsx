import { useWords } from "../i18n/words";
import { to } from "../router/addresses";
import { usePlace } from "../router/location";
import { AccountLink } from "./account-link";
import { LanguageButton } from "./language-button";
import { PAGES } from "./pages";
import { ThemeButton } from "./theme-button";

export function Header() {
  const words = useWords();
  const { path } = usePlace();
  return (
    <header class="header">
      <div class="header-inner">
        <a class="logo" href={to.home()}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M7 21.5l6-6.5 4 4 8-9" />
          </svg>
          {words.title}
        </a>
        <nav class="header-nav" aria-label={words.nav.label}>
          {PAGES.map(({ name, address, isAt }) => (
            <a key={name} href={address} aria-current={isAt(path) ? "page" : undefined}>
              {words.nav[name]}
            </a>
          ))}
        </nav>
        <div class="header-tools">
          <LanguageButton />
          <ThemeButton />
          <AccountLink />
        </div>
      </div>
    </header>
  );
}
