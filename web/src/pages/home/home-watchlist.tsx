import { Card } from "../../components/card";
import { Icon } from "../../components/icon";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { formatDateRange } from "../../format/dates";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { useAuthenticated } from "../../session/use-authenticated";
import { Alerts } from "../watchlist/alerts";
import { DigestChannels, DigestKeywords, type DigestData } from "../watchlist/digest-tables";
import { EmptyWatchlist } from "../watchlist/empty-watchlist";

/** The number of keywords and of channels. */
const MAX_ROWS = 5;
/** The alerts that are shown at once. */
const MAX_ALERTS = 3;

/** The latest alerts, and the first watched keywords and channels with their figures of the week. */
export function HomeWatchlist() {
  const { ranking, watchlist: t } = useTranslations();
  const result = useAuthenticated<DigestData>("me/digest");
  const isEmpty = result.data && isWithoutEntries(result.data);
  return (
    <Card
      title={t.title}
      description={result.data && !isEmpty && <Weeks digest={result.data} />}
      class="home-section"
      isBusy={result.isLoading}
      actions={
        <a class="button button-quiet button-small" href={urls.watchlist()}>
          {ranking.more}
          <Icon name="arrow" />
        </a>
      }
    >
      <QueryBoundary result={result} skeleton={<Skeleton kind="row" rows={MAX_ROWS} />}>
        {({ alerts, keywords, channels }) =>
          isEmpty ? (
            <EmptyWatchlist />
          ) : (
            <div class="digest home-watchlist">
              {alerts.length > 0 && <Alerts alerts={alerts} max={MAX_ALERTS} />}
              <DigestKeywords keywords={keywords.slice(0, MAX_ROWS)} isCompact />
              <DigestChannels channels={channels.slice(0, MAX_ROWS)} isCompact />
            </div>
          )
        }
      </QueryBoundary>
    </Card>
  );
}

function isWithoutEntries({ keywords, channels }: DigestData): boolean {
  return keywords.length === 0 && channels.length === 0;
}

/** The days that are counted and those that they are compared with. */
function Weeks({ digest }: { digest: DigestData }) {
  const { watchlist: t } = useTranslations();
  const language = useLanguage();
  const { from, until, previous_from: previousFrom, previous_until: previousUntil } = digest;
  return (
    <>
      {formatDateRange(from, until, language)} ·{" "}
      {t.comparedWith(formatDateRange(previousFrom, previousUntil, language))}
    </>
  );
}
