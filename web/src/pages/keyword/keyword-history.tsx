import { useMemo, useState } from "preact/hooks";
import { useHasCollectionGrown } from "../../api/collection-growth";
import { useIncompleteDay } from "../../api/freshness";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart, useCountFormats } from "../../charts/line-chart";
import { markIncomplete, periodSeries } from "../../charts/period";
import { Card } from "../../components/card";
import { QueryBoundary } from "../../components/query-boundary";
import { SearchForm } from "../../components/search-form";
import {
  PeriodChanges,
  SeriesControls,
  SeriesLegend,
  TONES,
  useSeriesParams,
  type SeriesParams,
} from "../../components/series-controls";
import { Skeleton } from "../../components/skeleton";
import { daysBetween } from "../../format/dates";
import { isSetting, keywordKey } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";

/** Defined by the API. */
const MAX_KEYWORDS = 5;

/** The videos with a keyword by day or week, beside those of up to four others in the URL. */
export function KeywordHistory({ keyword }: { keyword: string }) {
  const { history: t } = useTranslations();
  const { params } = useLocation();
  const series = useSeriesParams();
  const { days, unit, href } = series;
  const others = [...new Set(params.getAll("with"))].filter(
    (other) => other !== keyword && !isSetting(other),
  );
  const keywords = [keyword, ...others].slice(0, MAX_KEYWORDS);
  const query = apiQuery("/api/keywords/history/", { query: { keyword: keywords, days, unit } });
  const result = useQuery(query, { keepPreviousData: true });
  return (
    <Card
      title={t.title}
      description={`${series.text}. ${t.description}`}
      class="card-wide"
      isBusy={result.isLoading}
      actions={<SeriesControls params={series} csv={query} fileName="keywords.csv" />}
    >
      <SeriesLegend
        label={t.keywords}
        items={keywords.map((name, index) => ({
          name,
          without: index > 0 ? href({ with: others.filter((other) => other !== name) }) : undefined,
        }))}
      />
      <QueryBoundary result={result} skeleton={<Skeleton kind="chart" />}>
        {(data) => <HistoryChart keywords={data.keywords} params={series} />}
      </QueryBoundary>
      {keywords.length < MAX_KEYWORDS && (
        <AddKeyword
          compared={keywords}
          onAdd={(name) => navigate(href({ with: [...others, name] }))}
        />
      )}
    </Card>
  );
}

type ChartProps = {
  keywords: components["schemas"]["KeywordHistory"][];
  params: SeriesParams;
};

function HistoryChart({ keywords, params }: ChartProps) {
  const { history: t, period: labels, units } = useTranslations();
  const { unit, isCompared } = params;
  const { start, end } = params.period;
  const lastDay = useIncompleteDay();
  const hasGrown = useHasCollectionGrown(daysBetween(start, end) + 1);
  const series = useMemo(
    () =>
      keywords.flatMap(({ keyword, points }, index) =>
        periodSeries(markIncomplete(points, lastDay, unit), {
          name: keyword,
          previousName: isCompared ? labels.previous(keyword) : undefined,
          tone: TONES[index] ?? "a",
          period: { start, end },
          unit,
          read: (point) => point.videos,
        }),
      ),
    [keywords, lastDay, start, end, unit, isCompared, labels],
  );
  const formats = useCountFormats(units.videos);
  const unused = keywords
    .filter(({ points }) => points.every(({ videos }) => !videos))
    .map(({ keyword }) => keyword);
  return (
    <>
      <PeriodChanges
        series={series}
        params={params}
        format={formats.format}
        hasGrown={hasGrown}
        isSum
      />
      <LineChart name={t.title} series={series} {...formats} empty={t.empty} />
      {unused.length > 0 && (
        <p class="chart-note" role="status">
          {t.unused(unused.join(", "))}
        </p>
      )}
    </>
  );
}

type AddProps = { compared: string[]; onAdd: (keyword: string) => void };

/** A keyword to compare with. */
function AddKeyword({ compared, onAdd }: AddProps) {
  const { history: t } = useTranslations();
  // Another key empties the field.
  const [added, setAdded] = useState(0);
  return (
    <SearchForm
      key={added}
      value=""
      label={t.add}
      hasSuggestions
      excluded={compared}
      placeholder={t.add}
      onSearch={(text) => {
        if (!text) return;
        setAdded(added + 1);
        const isCompared = compared.some((name) => keywordKey(name) === keywordKey(text));
        if (!isCompared && !isSetting(text)) onAdd(text);
      }}
      class="history-add"
    />
  );
}
