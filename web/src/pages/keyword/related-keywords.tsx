import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { distinctKeywords } from "../../format/keywords";
import { formatNumber, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import type { ChannelProfile } from "./keyword-outliers";

const DAYS = 28;
/** The rows of a list of related keywords. */
export const MAX_RELATED = 5;

type Props = { keyword: string; profile: ChannelProfile };

/** Keywords that are used together with a keyword more often than elsewhere. */
export function RelatedKeywords({ keyword, profile }: Props) {
  const { period, related: t, units } = useTranslations();
  const language = useLanguage();
  const result = useQuery(apiQuery("/api/keywords/related/", { query: { keyword, days: DAYS } }));
  return (
    <Card
      title={t.title}
      description={`${period.lastDays(DAYS)}. ${t.description}`}

      isBusy={result.isLoading}
    >
      <QueryBoundary result={result} skeleton={<Skeleton kind="row" rows={MAX_RELATED} />}>
        {({ results }) => {
          const rows = distinctKeywords(
            results
              // As shown: more decimals would be false precision.
              .map((row) => ({ ...row, name: row.keyword, lift: Math.round(row.lift * 10) / 10 }))
              .sort((one, other) => other.lift - one.lift || other.videos - one.videos),
            keyword,
          ).slice(0, MAX_RELATED);
          return rows.length === 0 ? (
            <p class="chart-empty">{t.empty}</p>
          ) : (
            <ol class="keywords tone-recent">
              {rows.map(({ name, lift, videos }, index) => (
                <li key={name}>
                  <a class="keyword" href={urls.keyword(name, profile)}>
                    <span class="keyword-rank" aria-hidden="true">
                      {index + 1}
                    </span>
                    <span class="keyword-name">{name}</span>
                    <span class="keyword-value">
                      {t.lift(formatRatio(lift, language))} ·{" "}
                      {units.videos(formatNumber(videos, language))}
                    </span>
                  </a>
                </li>
              ))}
            </ol>
          );
        }}
      </QueryBoundary>
    </Card>
  );
}
