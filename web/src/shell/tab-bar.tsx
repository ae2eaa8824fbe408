import { useWords } from "../i18n/words";
import { Icon } from "../parts/icon";
import { usePlace } from "../router/location";
import { PAGES } from "./pages";

/** The menu at the lower edge of a phone. */
export function TabBar() {
  const words = useWords();
  const { path } = usePlace();
  return (
    <nav class="tab-bar" aria-label={words.nav.label}>
      {PAGES.map(({ name, address, isAt }) => (
        <a key={name} href={address} aria-current={isAt(path) ? "page" : undefined}>
          <Icon name={name} />
          {words.nav[name]}
        </a>
      ))}
    </nav>
  );
}
