import { withQuery } from "../../api/query";
import { Card } from "../../components/card";
import { EmptyState } from "../../components/empty-state";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { addDays, formatDateRange, isoWeek, today } from "../../format/dates";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { useAuthenticated } from "../../session/use-authenticated";
import { Alerts } from "./alerts";
import { DigestChannels, DigestKeywords, type DigestData } from "./digest-tables";

/** The alerts that are shown at once. */
const MAX_ALERTS = 8;

/** What the watched keywords and channels did in a week, by default the current one. */
export function Digest({ week }: { week: string | undefined }) {
  const result = useAuthenticated<DigestData>(withQuery("me/digest", { week }));
  if (result.error?.fields.week) return <InvalidWeek />;
  return (
    <QueryBoundary result={result} skeleton={<Skeleton kind="row" rows={5} />}>
      {(digest) => <DigestCards digest={digest} hasRank={week === undefined} />}
    </QueryBoundary>
  );
}

/** The week of the URL does not exist, or none of its days is over. */
function InvalidWeek() {
  const { watchlist: t } = useTranslations();
  return (
    <EmptyState title={t.invalidWeek} description={t.invalidWeekDescription}>
      <a class="button" href={urls.watchlist()}>
        {t.currentWeek}
      </a>
    </EmptyState>
  );
}

function DigestCards({ digest, hasRank }: { digest: DigestData; hasRank: boolean }) {
  const { watchlist: t } = useTranslations();
  const language = useLanguage();
  const { previous_from: start, previous_until: end } = digest;
  const nextMonday = addDays(digest.from, 7);
  // A day of the next week must be over.
  const hasNext = digest.is_complete && nextMonday < today();
  const comparison = t.comparedWith(formatDateRange(start, end, language));
  return (
    <Card
      title={formatDateRange(digest.from, digest.until, language)}
      description={digest.is_complete ? comparison : `${t.incomplete} ${comparison}`}
      actions={
        <div class="card-actions">
          <a class="button button-quiet button-small" href={urls.watchlist(digest.previous_week)}>
            {t.previousWeek}
          </a>
          {hasNext && (
            <a class="button button-quiet button-small" href={urls.watchlist(isoWeek(nextMonday))}>
              {t.nextWeek}
            </a>
          )}
        </div>
      }
      class="digest"
    >
      {digest.alerts.length > 0 ? (
        <Alerts alerts={digest.alerts} max={MAX_ALERTS} />
      ) : (
        <p>{t.noAlerts}</p>
      )}
      <DigestKeywords keywords={digest.keywords} hasRank={hasRank} />
      <DigestChannels channels={digest.channels} />
    </Card>
  );
}
