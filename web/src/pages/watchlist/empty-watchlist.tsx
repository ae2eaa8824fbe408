import { EmptyState } from "../../components/empty-state";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

/** Says how entries are added to a watchlist without any. */
export function EmptyWatchlist() {
  const { watchlist: t } = useTranslations();
  return (
    <EmptyState title={t.empty} description={t.emptyDescription}>
      <a class="button" href={urls.rising()}>
        {t.findKeywords}
      </a>
    </EmptyState>
  );
}
