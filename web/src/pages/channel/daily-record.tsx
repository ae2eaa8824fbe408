import { useMemo } from "preact/hooks";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { QueryBoundary } from "../../components/query-boundary";
import {
  MetricControl,
  SeriesControls,
  useSeriesParams,
  type SeriesParams,
} from "../../components/series-controls";
import { Skeleton } from "../../components/skeleton";
import { formatFullDate } from "../../format/dates";
import { formatCount, formatNumber, formatSigned } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";

export type SeriesPoint = components["schemas"]["SeriesPoint"];

const METRICS = ["subscribers_gained", "views_gained", "uploads"] as const;

/** The counts of a channel by day or week, with differences. */
export function DailyRecord({ idx }: { idx: number }) {
  const { daily: t, filters } = useTranslations();
  const controls = useSeriesParams();
  const { days, unit, href } = controls;
  const isWeekly = unit === "week";
  const query = apiQuery("/api/channels/{idx}/daily/", { path: { idx }, query: { days } });
  const result = useQuery(query, { keepPreviousData: true });
  return (
    <Card
      title={isWeekly ? t.weeklyTitle : t.dailyTitle}
      description={`${filters.lastDays(days)}. ${t.description}`}
      class="card-wide"
      isBusy={result.isLoading}
      actions={
        <SeriesControls params={controls} csv={query} fileName={`channel-${idx}-daily.csv`} />
      }
    >
      <QueryBoundary result={result} skeleton={<Skeleton kind="chart" />}>
        {({ days: daily, weeks }) => (
          <RecordContent points={isWeekly ? weeks : daily} isWeekly={isWeekly} href={href} />
        )}
      </QueryBoundary>
    </Card>
  );
}

type ContentProps = {
  points: SeriesPoint[];
  isWeekly: boolean;
  href: SeriesParams["href"];
};

function RecordContent({ points, isWeekly, href }: ContentProps) {
  const { daily: t } = useTranslations();
  const { params } = useLocation();
  const language = useLanguage();
  const known = METRICS.filter((name) => points.some((point) => point[name] != null));
  const metric = METRICS.find((name) => name === params.get("metric")) ?? known[0] ?? "uploads";
  const name = t.metrics[metric];
  const series = useMemo(() => {
    const values = points.map((point) => ({ date: point.date, value: point[metric] ?? null }));
    return [
      { name, tone: "plain" as const, points: values, unfinishedFrom: unfinishedFrom(points) },
    ];
  }, [points, metric, name]);
  const format = useMemo(() => (value: number) => formatCount(value, language), [language]);
  return (
    <>
      <MetricControl metrics={METRICS} selected={metric} href={href} />
      <LineChart name={name} series={series} format={format} empty={t.empty} hasTable={false} />
      <RecordTable points={points} isWeekly={isWeekly} />
    </>
  );
}

/** The first day or week that is not over. */
export function unfinishedFrom(points: SeriesPoint[]): string | undefined {
  return points.find((point) => !point.is_complete)?.date;
}

function RecordTable({ points, isWeekly }: Pick<ContentProps, "points" | "isWeekly">) {
  const { charts, daily: t } = useTranslations();
  const language = useLanguage();
  const name = isWeekly ? t.weeklyTitle : t.dailyTitle;
  const number = (value: number | null | undefined) =>
    value == null ? "–" : formatNumber(value, language);
  const difference = (value: number | null | undefined) =>
    value == null ? "–" : formatSigned(value, language);
  const columns = [
    isWeekly ? t.weekFrom : charts.date,
    t.subscribers,
    t.metrics.subscribers_gained,
    t.views,
    t.metrics.views_gained,
    t.metrics.uploads,
  ];
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable
    <div class="table-scroll record-table" tabIndex={0} role="group" aria-label={name}>
      <table class="table table-numbers">
        <caption class="sr-only">{name}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map((point) => (
            <tr key={point.date} data-date={point.date}>
              <th scope="row">
                {formatFullDate(point.date, language)}
                {!point.is_complete && ` (${charts.unfinished})`}
              </th>
              <td>{number(point.subscribers)}</td>
              <td>{difference(point.subscribers_gained)}</td>
              <td>{number(point.views)}</td>
              <td>{difference(point.views_gained)}</td>
              <td>{number(point.uploads)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
