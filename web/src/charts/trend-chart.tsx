import { useCallback, useMemo } from "preact/hooks";
import { useIncompleteDay } from "../api/freshness";
import { keywordHistoryQuery } from "../api/keyword-history";
import { useQuery } from "../api/use-query";
import { Card } from "../components/card";
import { useEstimateMark } from "../components/estimates";
import { QueryBoundary } from "../components/query-boundary";
import { Skeleton } from "../components/skeleton";
import { addDays, today } from "../format/dates";
import { formatRatio } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";
import { LineChart, useCountFormats } from "./line-chart";
import { trendPoints, TREND_DAYS, type Point } from "./series";

type Props = {
  /** By default that of the tone. */
  description?: string | undefined;
  tone: "popular" | "recent";
  /** Undefined while loading. */
  points: { date: string; value: number }[] | undefined;
  /** Videos of the response, some of which may be from channels with estimated subscribers. */
  videos?: { popularity_estimated: boolean }[];
  class?: string;
};

/** Whether a popularity is known on no day; the API returns 0 then. */
export function hasNoPopularity(points: { value: number }[]): boolean {
  return points.every(({ value }) => value === 0);
}

/** The daily popularity of a keyword, or its number of uploads. */
export function TrendCard({ tone, points, videos = [], class: name = "", ...props }: Props) {
  const { charts } = useTranslations();
  const markEstimate = useEstimateMark();
  const isPopularity = tone === "popular";
  const isEstimated = isPopularity && videos.some((video) => video.popularity_estimated);
  const title = isPopularity ? charts.popularity : charts.uploads;
  const { description = isPopularity ? charts.popularityDescription : charts.uploadsDescription } =
    props;
  return (
    <Card
      title={markEstimate(title, isEstimated)}
      description={description}
      class={name}
      isBusy={!points}
    >
      {points ? <TrendChart name={title} tone={tone} points={points} /> : <Skeleton kind="chart" />}
      {isEstimated && <p class="chart-note">{charts.popularityEstimated}</p>}
    </Card>
  );
}

/** The number of videos per day with exactly this keyword, which is that of the other cards. */
export function UploadsCard({ keyword, class: name }: { keyword: string; class: string }) {
  const { charts, units } = useTranslations();
  const lastDay = useIncompleteDay();
  const result = useQuery(keywordHistoryQuery(keyword));
  const formats = useCountFormats(units.videos);
  const { data } = result;
  const series = useMemo(() => {
    const points = data?.keywords[0]?.points.slice(-1 - TREND_DAYS) ?? [];
    const known = points.map(({ date, videos }): Point => ({ date, value: videos ?? null }));
    return [
      { name: charts.uploads, tone: "recent" as const, points: known, incompleteFrom: lastDay },
    ];
  }, [data, charts, lastDay]);
  return (
    <Card
      title={charts.uploads}
      description={charts.uploadsDescription}
      class={name}
      isBusy={result.isLoading}
    >
      <QueryBoundary result={result} skeleton={<Skeleton kind="chart" />}>
        {() => (
          <LineChart
            name={charts.uploads}
            series={series}
            {...formats}
            empty={charts.uploadsEmpty}
          />
        )}
      </QueryBoundary>
    </Card>
  );
}

type ChartProps = { name: string; tone: Props["tone"]; points: NonNullable<Props["points"]> };

/** Days of uploads, including today, whose views are still too few for a comparison. */
const YOUNG_DAYS = 3;

function TrendChart({ name, tone, points }: ChartProps) {
  const { charts, units } = useTranslations();
  const language = useLanguage();
  const lastDay = useIncompleteDay();
  const series = useMemo(
    () => [
      {
        name,
        tone,
        points: trendPoints(tone, points, { today: today(), lastDay }),
        incompleteFrom: tone === "popular" ? addDays(lastDay, 1 - YOUNG_DAYS) : lastDay,
      },
    ],
    [name, tone, points, lastDay],
  );
  const formatPopularity = useCallback(
    // In percent here.
    (value: number) => formatRatio(value / 100, language),
    [language],
  );
  const uploads = useCountFormats(units.videos);
  const [formats, empty] =
    tone === "popular"
      ? [{ format: formatPopularity }, charts.popularityEmpty]
      : [uploads, charts.uploadsEmpty];
  return <LineChart name={name} series={series} {...formats} empty={empty} />;
}
