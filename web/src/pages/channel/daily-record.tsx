import { useMemo } from "preact/hooks";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { CsvButton } from "../../components/csv-button";
import { QueryBoundary } from "../../components/query-boundary";
import { Segments } from "../../components/segments";
import { Skeleton } from "../../components/skeleton";
import { formatFullDate } from "../../format/dates";
import { formatCount, formatNumber, formatSigned } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { withParams } from "../../router/urls";

export type SeriesPoint = components["schemas"]["SeriesPoint"];

const WINDOWS = [28, 90, 365];
const METRICS = ["subscribers_gained", "views_gained", "uploads"] as const;

/** The counts of a channel by day or week, with differences. */
export function DailyRecord({ idx }: { idx: number }) {
  const { daily: t, filters } = useTranslations();
  const { path, params } = useLocation();
  const days = WINDOWS.find((window) => String(window) === params.get("days")) ?? 28;
  const isWeekly = params.get("by") === "week";
  const query = apiQuery("/api/channels/{idx}/daily/", { path: { idx }, query: { days } });
  const result = useQuery(query, { keepPreviousData: true });
  const href = (changes: Record<string, string | undefined>) => withParams(path, params, changes);
  return (
    <Card
      title={isWeekly ? t.weeklyTitle : t.dailyTitle}
      description={`${filters.lastDays(days)}. ${t.description}`}
      class="card-wide"
      isBusy={result.isLoading}
      actions={
        <div class="card-actions">
          <Segments
            label={t.interval}
            options={[
              { name: t.day, href: href({ by: undefined }), isSelected: !isWeekly },
              { name: t.week, href: href({ by: "week" }), isSelected: isWeekly },
            ]}
          />
          <Segments
            label={t.window}
            options={WINDOWS.map((window) => ({
              name: t.days(window),
              href: href({ days: window === 28 ? undefined : String(window) }),
              isSelected: window === days,
            }))}
          />
          <CsvButton query={query} fileName={`channel-${idx}-daily.csv`} />
        </div>
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
  href: (changes: Record<string, string | undefined>) => string;
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
      <Segments
        label={t.metric}
        options={METRICS.map((option) => ({
          name: t.metrics[option],
          href: href({ metric: option }),
          isSelected: option === metric,
        }))}
      />
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
