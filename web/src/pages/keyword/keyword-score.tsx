import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { UnavailableCard } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { formatCount, formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";

type Score = components["schemas"]["ScoreResponse"];

/** Defined by the API, which also needs three small channels. */
const MIN_VIDEOS = 10;

/** The score of a keyword from 0 to 100 and its parts. */
export function KeywordScore({ keyword }: { keyword: string }) {
  const { score: t } = useTranslations();
  const { data, error, retry } = useQuery(apiQuery("/api/keywords/score/", { query: { keyword } }));
  if (!data && error) return <UnavailableCard title={t.title} retry={retry} />;
  if (!data) return <Skeleton kind="channel" />;
  return (
    <Card title={t.title} description={t.description} class="score-card">
      <ScoreParts data={data} />
    </Card>
  );
}

/** Why a keyword has no score. */
function useReason({ videos, supply }: Score): string {
  const { score: t } = useTranslations();
  if (videos < MIN_VIDEOS) return t.tooFewVideos(videos);
  return supply ? t.tooFewSmallChannels(videos) : t.notComputed;
}

/** The known parts, also without a score. */
function ScoreParts({ data }: { data: Score }) {
  const { score: t, units } = useTranslations();
  const language = useLanguage();
  const reason = useReason(data);
  const { score, demand, supply, small_channels: small } = data;
  if (score == null && !demand && !supply && !small) return <p class="chart-note">{reason}</p>;
  const percent = (share: number) => formatNumber(Math.round(share * 100), language);
  // Not more than all keywords, which include this one.
  const rank = (share: number) => formatNumber(Math.min(Math.floor(share * 100), 99), language);
  return (
    <div class="score">
      {score == null ? (
        <p class="chart-note">{reason}</p>
      ) : (
        <p class="figure-value" data-testid="score">
          {t.score(score)}
        </p>
      )}
      <dl class="facts">
        <dt>{t.demand}</dt>
        <dd>
          {demand
            ? `${units.views(formatCount(demand.views, language))} · ${t.higher(rank(demand.rank))}`
            : t.unknown}
        </dd>
        <dt>{t.supply}</dt>
        <dd>
          {supply
            ? t.supplyOf(
                formatNumber(supply.videos_per_week, language),
                formatNumber(supply.channels, language),
                rank(supply.rank),
              )
            : t.unknown}
        </dd>
        <dt>{t.smallChannels}</dt>
        <dd>{small ? `${percent(small.share_of_best)}%` : t.unknown}</dd>
      </dl>
    </div>
  );
}
