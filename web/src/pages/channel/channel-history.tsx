import { useMemo } from "preact/hooks";
import { useIncompleteDay } from "../../api/freshness";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart } from "../../charts/line-chart";
import {
  observedPoints,
  periodSeries,
  splitPeriods,
  type ObservedPoint,
} from "../../charts/period";
import { Card } from "../../components/card";
import { QueryBoundary } from "../../components/query-boundary";
import { ScrollableTable, TableHead } from "../../components/scrollable-table";
import {
  MetricControl,
  PeriodChanges,
  SeriesControls,
  useSeriesParams,
  type SeriesParams,
} from "../../components/series-controls";
import { Skeleton } from "../../components/skeleton";
import { formatFullDate } from "../../format/dates";
import { formatCount, formatNumber, formatSigned } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";

type SeriesPoint = components["schemas"]["SeriesPoint"];

const METRICS = ["subscribers_gained", "views_gained", "uploads"] as const;

/** The counts of a channel by day or week, with differences. */
export function ChannelHistory({ idx }: { idx: number }) {
  const { daily: t } = useTranslations();
  const controls = useSeriesParams();
  const { days, unit, isSelected } = controls;
  const text = isSelected ? controls.text : t.defaultPeriod(controls.text);
  const isWeekly = unit === "week";
  const query = apiQuery("/api/channels/{idx}/daily/", { path: { idx }, query: { days } });
  const result = useQuery(query, { keepPreviousData: true });
  return (
    <Card
      title={isWeekly ? t.weeklyTitle : t.dailyTitle}
      description={`${text}. ${t.description}`}
      class="card-wide"
      isBusy={result.isLoading}
      actions={
        <SeriesControls
          params={controls}
          csv={query}
          fileName={`channel-${idx}-daily.csv`}
          hasPicker={false}
        />
      }
    >
      <QueryBoundary result={result} skeleton={<Skeleton kind="chart" />}>
        {({ days: daily, weeks }) => (
          <HistoryContent points={isWeekly ? weeks : daily} params={controls} />
        )}
      </QueryBoundary>
    </Card>
  );
}

type ContentProps = { points: SeriesPoint[]; params: SeriesParams };

function HistoryContent({ points: stored, params: controls }: ContentProps) {
  const { daily: t, period: labels } = useTranslations();
  const { params } = useLocation();
  const language = useLanguage();
  const { unit, href, isCompared } = controls;
  const { start, end } = controls.period;
  const lastDay = useIncompleteDay();
  const points = useMemo(() => observedPoints(stored, lastDay, unit), [stored, lastDay, unit]);
  const known = METRICS.filter((name) => points.some((point) => point[name] != null));
  const metric = METRICS.find((name) => name === params.get("metric")) ?? known[0] ?? "uploads";
  const name = t.metrics[metric];
  const series = useMemo(
    () =>
      periodSeries(points, {
        name,
        previousName: isCompared ? labels.previous(name) : undefined,
        tone: "plain",
        period: { start, end },
        unit,
        read: (point) => point[metric],
      }),
    [points, metric, name, start, end, unit, isCompared, labels],
  );
  const format = useMemo(() => (value: number) => formatCount(value, language), [language]);
  const shown = splitPeriods(points, { start, end }, unit).current;
  const isObserved = shown.some(
    ({ subscribers, views, uploads }) => (subscribers ?? views ?? uploads) != null,
  );
  return (
    <>
      <MetricControl metrics={METRICS} selected={metric} href={href} />
      <PeriodChanges series={series} params={controls} format={format} isSum />
      <LineChart name={name} series={series} format={format} empty={t.empty} hasTable={false} />
      {isObserved && <HistoryTable points={shown} isWeekly={unit === "week"} />}
    </>
  );
}

function HistoryTable({ points, isWeekly }: { points: ObservedPoint[]; isWeekly: boolean }) {
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
    <ScrollableTable label={name} class="history-table">
      <table class="table table-numbers">
        <caption class="sr-only">{name}</caption>
        <TableHead columns={columns} />
        <tbody>
          {[...points].reverse().map((point) => (
            <tr key={point.date} data-date={point.date}>
              <th scope="row">
                {formatFullDate(point.date, language)}
                {!point.is_complete && ` (${charts.incomplete})`}
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
    </ScrollableTable>
  );
}
