import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { useGrowthText } from "../../components/growth";
import { UnavailableCard } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { StatStrip } from "../../components/stat-strip";
import { keywordKey } from "../../format/keywords";
import { formatCount, formatNumber } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import type { VideoFilters } from "../../router/urls";

/** The filters of the lists of keywords. */
export type ListFilters = Pick<VideoFilters, "days" | "length" | "subscribers" | "category">;

type Props = { keyword: string; filters: ListFilters };

/** The row of a keyword in the rising keywords, or else in those that the most channels use. */
function useListRow({ keyword, filters }: Props) {
  const { subscribers, category, ...rest } = filters;
  // The API accepts a category or a size of channels.
  const query = { ...rest, ...(subscribers ? { subscribers } : { category }) };
  const rising = useQuery(apiQuery("/api/trends/rising/", { query }));
  const isNamed = (row: { keyword: string }) => keywordKey(row.keyword) === keywordKey(keyword);
  const risingRow = rising.data?.results.find(isNamed);
  const isListed = rising.data === undefined || risingRow !== undefined;
  const large = useQuery(isListed ? null : apiQuery("/api/trends/large/", { query }));
  const result = isListed ? rising : large;
  return { ...result, row: risingRow ?? large.data?.results.find(isNamed) };
}

/** The figures of a keyword at channels of a size or in a category; those below are of all. */
export function ListStats(props: Props) {
  const { categories, filters: labels, period, rising: t, stats, units } = useTranslations();
  const language = useLanguage();
  const growthText = useGrowthText();
  const { data, row, error, retry } = useListRow(props);
  const { days = 7, length, category } = props.filters;
  if (!data && error) return <UnavailableCard title={stats.similar} retry={retry} />;
  if (!data) return <Skeleton kind="stat" rows={4} />;
  const number = (value: number) => formatNumber(value, language);
  const count = (value: number) => formatCount(value, language);
  const { min, below } = data.subscribers ?? {};
  const channels =
    min === undefined
      ? nameOf(categories, category ?? "")
      : stats.size(count(min), below == null ? null : count(below - 1));
  const name = [channels, length && labels[length], period.lastDays(days)]
    .filter(Boolean)
    .join(" · ");
  return (
    <>
      <h2 class="stats-title">{name}</h2>
      {row ? (
        <StatStrip
          label={name}
          stats={[
            { name: t.channels, value: t.channelCount(number(row.channels)) },
            { name: t.videos, value: units.videos(number(row.videos)) },
            { name: t.viewsPerVideo, value: units.views(count(row.views_per_video)) },
            { name: t.growth, value: growthText(row) ?? "–" },
          ]}
          isPlain
        />
      ) : (
        <p class="list-note" role="status">
          {stats.notListed}
        </p>
      )}
      <h2 class="stats-title">{stats.allChannels}</h2>
    </>
  );
}
