import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { UnavailableCard } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { formatCount, formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";

type Score = components["schemas"]["ScoreResponse"];

/** The score of a keyword from 0 to 100 and its parts. */
export function KeywordScore({ keyword }: { keyword: string }) {
  const { score: t } = useTranslations();
  const { data, error } = useQuery(apiQuery("/api/keywords/score/", { query: { keyword } }));
  if (!data && error) return <UnavailableCard title={t.title} />;
  if (!data) return <Skeleton kind="channel" />;
  return (
    <Card title={t.title} description={t.description} class="score-card">
      {data.status === "ok" && data.score != null ? (
        <ScoreParts data={data} score={data.score} />
      ) : (
        <p class="chart-note">{t.insufficient(data.videos)}</p>
      )}
    </Card>
  );
}

function ScoreParts({ data, score }: { data: Score; score: number }) {
  const { score: t, units } = useTranslations();
  const language = useLanguage();
  const { demand, supply, small_channels: small } = data;
  const percent = (share: number) => formatNumber(Math.round(share * 100), language);
  // Not more than all keywords, which include this one.
  const rank = (share: number) => formatNumber(Math.min(Math.floor(share * 100), 99), language);
  return (
    <div class="score">
      <p class="figure-value" data-testid="score">
        {t.score(score)}
      </p>
      <dl class="facts">
        {demand && (
          <>
            <dt>{t.demand}</dt>
            <dd>
              {units.views(formatCount(demand.views, language))} · {t.higher(rank(demand.rank))}
            </dd>
          </>
        )}
        {supply && (
          <>
            <dt>{t.supply}</dt>
            <dd>
              {t.supplyOf(
                formatNumber(supply.videos_per_week, language),
                formatNumber(supply.channels, language),
                rank(supply.rank),
              )}
            </dd>
          </>
        )}
        {small && (
          <>
            <dt>{t.smallChannels}</dt>
            <dd>{percent(small.share_of_best)}%</dd>
          </>
        )}
      </dl>
    </div>
  );
}
