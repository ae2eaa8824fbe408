import { FRESHNESS_QUERY, type Freshness } from "../../api/freshness";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { EmptyState } from "../../components/empty-state";
import { Page } from "../../components/page";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { LIMITS } from "./source-state";
import { FailingTable, Instant, KindTable, QuotaTable, SourceTable } from "./status-tables";
import { useStatusTexts } from "./status-texts";

/** The freshness of the data and the state of the collection, for the operator. */
export function StatusPage() {
  const { nav } = useTranslations();
  const t = useStatusTexts();
  const result = useQuery(FRESHNESS_QUERY);
  return (
    <Page title={nav.status} heading={nav.status} description={t.description}>
      <QueryBoundary
        result={result}
        skeleton={<Skeleton kind="row" rows={8} />}
        notFound={<EmptyState title={t.unsupported} />}
      >
        {(freshness) => <StatusContent freshness={freshness} />}
      </QueryBoundary>
    </Page>
  );
}

function StatusContent({ freshness }: { freshness: Freshness }) {
  const t = useStatusTexts();
  const { sources, collected, failing, videos, quota } = freshness;
  const sourceDescription = t.sourcesDescription(LIMITS.collector, LIMITS.other);
  const hasCollected = collected.length > 0 || videos.tracked > 0 || quota.length > 0;
  return (
    <div class="status">
      <Card title={t.sources} description={sourceDescription} class="card-wide">
        {sources.length === 0 ? (
          <p class="chart-empty">{t.noSources}</p>
        ) : (
          <SourceTable sources={sources} />
        )}
      </Card>
      {hasCollected ? (
        <>
          <Card title={t.collected} description={t.collectedDescription}>
            {collected.length === 0 ? (
              <p class="chart-empty">{t.noCollected}</p>
            ) : (
              <KindTable kinds={collected} />
            )}
          </Card>
          <Card title={t.videos}>
            <TrackedVideos videos={videos} />
          </Card>
          {failing.length > 0 && (
            <Card title={t.failingSources} description={t.failingDescription} class="card-wide">
              <FailingTable sources={failing} />
            </Card>
          )}
          <Card title={t.quota} description={t.quotaDescription} class="card-wide">
            {quota.length === 0 ? (
              <p class="chart-empty">{t.noQuota}</p>
            ) : (
              <QuotaTable quota={quota} />
            )}
          </Card>
        </>
      ) : (
        <div class="card-wide">
          <EmptyState title={t.noCollector} description={t.noCollectorDescription} />
        </div>
      )}
    </div>
  );
}

function TrackedVideos({ videos }: { videos: Freshness["videos"] }) {
  const t = useStatusTexts();
  const { units } = useTranslations();
  const language = useLanguage();
  return (
    <dl class="facts">
      <dt>{t.tracked}</dt>
      <dd>{units.items(formatNumber(videos.tracked, language))}</dd>
      <dt>{t.due}</dt>
      <dd>{units.items(formatNumber(videos.due, language))}</dd>
      <dt>{t.lastChecked}</dt>
      <dd>
        <Instant value={videos.last_checked_at} />
      </dd>
    </dl>
  );
}
