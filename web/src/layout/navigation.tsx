import { Icon } from "../components/icon";
import { useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { urls } from "../router/urls";

const ITEMS = [
  { name: "home", href: urls.home(), more: [] },
  { name: "keyword", href: urls.keyword(), more: [urls.rising(), urls.large()] },
  { name: "videos", href: urls.outliers(), more: [urls.videoChart()] },
  { name: "channels", href: urls.channels(), more: [urls.compare([])] },
  { name: "predict", href: urls.predict(), more: [] },
  { name: "watchlist", href: urls.watchlist(), more: [] },
] as const;

type Props = { class: string; hasIcons?: boolean };

function Navigation({ class: name, hasIcons = false }: Props) {
  const { nav } = useTranslations();
  const { path } = useLocation();
  const isCurrent = (href: string) => (href === "/" ? path === "/" : path.startsWith(href));
  return (
    <nav class={name} aria-label={nav.label}>
      {ITEMS.map((item) => (
        <a
          key={item.name}
          href={item.href}
          aria-current={[item.href, ...item.more].some(isCurrent) ? "page" : undefined}
        >
          {hasIcons && <Icon name={item.name} />}
          {nav[item.name]}
        </a>
      ))}
    </nav>
  );
}

export function HeaderNavigation() {
  return <Navigation class="header-nav" />;
}

/** The navigation at the bottom of small screens. */
export function TabBar() {
  return <Navigation class="tab-bar" hasIcons />;
}
