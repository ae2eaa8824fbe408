import { Icon } from "../components/icon";
import { setLanguage, useLanguage, useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { urls } from "../router/urls";
import { useSession } from "../session/session";
import { setTheme, useTheme } from "../theme";
import { HeaderSearch } from "./header-search";
import { HeaderNavigation } from "./navigation";

export function Header() {
  const t = useTranslations();
  return (
    <header class="header">
      <div class="header-inner">
        <a class="logo" href={urls.home()}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M7 21.5l6-6.5 4 4 8-9" />
          </svg>
          {t.title}
        </a>
        <HeaderNavigation />
        <div class="header-tools">
          <HeaderSearch />
          <LanguageButton />
          <ThemeButton />
          <AccountLink />
        </div>
      </div>
    </header>
  );
}

function LanguageButton() {
  const { settings } = useTranslations();
  const other = useLanguage() === "ko" ? "en" : "ko";
  return (
    <button
      type="button"
      class="tool"
      lang={other}
      onClick={() => setLanguage(other)}
      data-testid="language"
    >
      {other === "en" ? settings.toEnglish : settings.toKorean}
    </button>
  );
}

function ThemeButton() {
  const { settings } = useTranslations();
  const other = useTheme() === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      class="tool tool-icon"
      aria-label={settings[other]}
      title={settings[other]}
      onClick={() => setTheme(other)}
      data-testid="theme"
    >
      <Icon name={other === "dark" ? "moon" : "sun"} />
    </button>
  );
}

/** Links to the account, or to the login form with a redirect back to the current page. */
function AccountLink() {
  const { nav } = useTranslations();
  const session = useSession();
  const { path, params } = useLocation();
  const isAuthenticated = session.status === "authenticated";
  const isCurrent = path === "/account";
  const query = params.toString();
  const current = query ? `${path}?${query}` : path;
  const next = isAuthenticated || isCurrent || current === "/" ? undefined : current;
  return (
    <a
      class="tool tool-account"
      href={urls.account({ next })}
      aria-current={isCurrent ? "page" : undefined}
    >
      <Icon name="account" />
      <span>{isAuthenticated ? (session.account?.username ?? nav.account) : nav.login}</span>
    </a>
  );
}
