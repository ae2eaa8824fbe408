import { useCallback, useMemo, useState } from "preact/hooks";
import { formatDate } from "../format/dates";
import { formatCount } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";
import { ChartCanvas } from "./chart-canvas";
import { ChartTable } from "./chart-table";
import type { Selection } from "./period";
import { datesOf, isIncomplete, type Series } from "./series";

type Props = {
  name: string;
  series: Series[];
  format: (value: number) => string;
  /** Format of the axis, by default `format`. */
  formatAxis?: (value: number) => string;
  isLogarithmic?: boolean;
  selection?: Selection;
  /** Shown instead of a chart without values. */
  empty?: string;
  /** Whether the data follows in a table; false if the page has another one. */
  hasTable?: boolean;
};

/** A line chart with its data in a table, or a sentence if there are fewer than two values. */
export function LineChart(props: Props) {
  const { name, series, format, formatAxis = format, isLogarithmic, selection, empty } = props;
  const { hasTable = true } = props;
  const { charts } = useTranslations();
  const language = useLanguage();
  const dates = useMemo(() => datesOf(series), [series]);
  const [hasFailed, setFailed] = useState(false);
  const onError = useCallback(() => setFailed(true), []);
  const known = series.flatMap(({ points }) =>
    points.flatMap(({ date, value }) => (value === null ? [] : { date, value })),
  );
  const [first, last] = [dates[0], dates.at(-1)];
  const [single] = known;
  if (!first || !last || !single) return <p class="chart-empty">{empty ?? charts.empty}</p>;
  if (known.length === 1) {
    return (
      <p class="chart-empty">
        {charts.single(formatDate(single.date, language), format(single.value))}
      </p>
    );
  }
  const label = charts.label(name, formatDate(first, language), formatDate(last, language));
  return (
    <figure class="chart">
      {!hasFailed && (
        <ChartCanvas
          series={series}
          label={label}
          format={format}
          formatAxis={formatAxis}
          isLogarithmic={isLogarithmic ?? false}
          selection={selection}
          onError={onError}
        />
      )}
      {!hasFailed && <DashLegend series={series} lastDate={last} />}
      {(hasTable || hasFailed) && (
        <ChartTable name={name} dates={dates} series={series} format={format} isOpen={hasFailed} />
      )}
    </figure>
  );
}

/** What the dashed lines of a chart mean; nothing without any. */
function DashLegend({ series, lastDate }: { series: Series[]; lastDate: string }) {
  const { charts } = useTranslations();
  const hasPrevious = series.some((item) => item.isPrevious);
  const hasIncomplete = series.some((item) => isIncomplete(item, lastDate));
  if (!hasPrevious && !hasIncomplete) return null;
  return (
    <p class="chart-legend">
      {hasPrevious && <span class="chart-legend-previous">{charts.dashedPrevious}</span>}
      {hasIncomplete && <span class="chart-legend-incomplete">{charts.dashedIncomplete}</span>}
    </p>
  );
}

/** Formats of counts: with a unit, and without one on the axis. */
export function useCountFormats(unit: (count: string) => string) {
  const language = useLanguage();
  return useMemo(
    () => ({
      format: (value: number) => unit(formatCount(value, language)),
      formatAxis: (value: number) => formatCount(value, language),
    }),
    [language, unit],
  );
}
