import { useEffect } from "preact/hooks";
import { Card } from "../../components/card";
import { Page } from "../../components/page";
import { ErrorMessage } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { useSession } from "../../session/session";
import { useWatchlist } from "../../session/watchlist";
import { Digest } from "./digest";
import { EmptyWatchlist } from "./empty-watchlist";
import { FeedCard } from "./feed-card";
import { WatchNotes } from "./watch-notes";

/** The digest and the entries of the account's watchlist. */
export function WatchlistPage() {
  const { watchlist: t } = useTranslations();
  const week = useLocation().params.get("week") ?? undefined;
  const isAuthenticated = useSession().status === "authenticated";
  const { entries, error, retry } = useWatchlist();
  useEffect(() => {
    // Replaced, so that Back does not return here.
    if (isAuthenticated) return;
    const login = urls.account({ next: urls.watchlist(week), reason: "watchlist" });
    navigate(login, { replace: true });
  }, [isAuthenticated, week]);
  return (
    <Page heading={t.title} title={t.title} description={t.description}>
      {error ? (
        <ErrorMessage error={error} retry={retry} />
      ) : entries === undefined ? (
        <Skeleton kind="row" rows={5} />
      ) : entries.length === 0 ? (
        <EmptyWatchlist />
      ) : (
        <div class="account account-wide">
          <Digest key={entries.length} week={week} />
          <Card title={t.notes} description={t.notesDescription}>
            <WatchNotes entries={entries} />
          </Card>
          <FeedCard />
        </div>
      )}
    </Page>
  );
}
