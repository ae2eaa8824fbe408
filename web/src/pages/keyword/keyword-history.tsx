import { useMemo, useState } from "preact/hooks";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart, useCountFormats } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { QueryBoundary } from "../../components/query-boundary";
import { SearchForm } from "../../components/search-form";
import {
  SeriesControls,
  SeriesLegend,
  TONES,
  useSeriesParams,
} from "../../components/series-controls";
import { Skeleton } from "../../components/skeleton";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";

/** Defined by the API. */
const MAX_KEYWORDS = 5;

/** The videos with a keyword by day or week, beside those of up to four others in the URL. */
export function KeywordHistory({ keyword }: { keyword: string }) {
  const { filters, history: t } = useTranslations();
  const { params } = useLocation();
  const series = useSeriesParams();
  const { days, unit, href } = series;
  const others = [...new Set(params.getAll("with"))].filter((other) => other !== keyword);
  const keywords = [keyword, ...others].slice(0, MAX_KEYWORDS);
  const query = apiQuery("/api/keywords/history/", { query: { keyword: keywords, days, unit } });
  const result = useQuery(query, { keepPreviousData: true });
  return (
    <Card
      title={t.title}
      description={`${filters.lastDays(days)}. ${t.description}`}
      class="span-6"
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
        {(data) => <HistoryChart keywords={data.keywords} />}
      </QueryBoundary>
      {keywords.length < MAX_KEYWORDS && (
        <AddKeyword onAdd={(name) => navigate(href({ with: [...others, name] }))} />
      )}
    </Card>
  );
}

function HistoryChart({ keywords }: { keywords: components["schemas"]["KeywordHistory"][] }) {
  const { history: t, units } = useTranslations();
  const series = useMemo(
    () =>
      keywords.map(({ keyword, points }, index) => ({
        name: keyword,
        tone: TONES[index] ?? "a",
        points: points.map(({ date, videos }) => ({ date, value: videos ?? null })),
        unfinishedFrom: points.find((point) => !point.is_complete)?.date,
      })),
    [keywords],
  );
  const formats = useCountFormats(units.videos);
  return <LineChart name={t.title} series={series} {...formats} empty={t.empty} />;
}

/** A keyword to compare with. */
function AddKeyword({ onAdd }: { onAdd: (keyword: string) => void }) {
  const { history: t } = useTranslations();
  // Another key empties the field.
  const [added, setAdded] = useState(0);
  return (
    <SearchForm
      key={added}
      value=""
      label={t.add}
      hasSuggestions
      placeholder={t.add}
      onSearch={(text) => {
        if (!text) return;
        setAdded(added + 1);
        onAdd(text);
      }}
      class="history-add"
    />
  );
}
