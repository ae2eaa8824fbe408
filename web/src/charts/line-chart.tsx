import { useCallback, useMemo, useState } from "preact/hooks";
import { formatDate } from "../format/dates";
import { formatCount, formatPercent } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";
import { ChartCanvas } from "./chart-canvas";
import { ChartTable } from "./chart-table";
import type { Selection } from "./period";
import { datesOf, type Point, type Series } from "./series";

type Props = {
  name: string;
  series: Series[];
  format: (value: number) => string;
  isLogarithmic?: boolean;
  selection?: Selection;
};

/** A line chart with its data in a table. */
export function LineChart({ name, series, format, isLogarithmic, selection }: Props) {
  const { charts } = useTranslations();
  const language = useLanguage();
  const dates = useMemo(() => datesOf(series), [series]);
  const [hasFailed, setFailed] = useState(false);
  const onError = useCallback(() => setFailed(true), []);
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last) return <p class="chart-empty">{charts.empty}</p>;
  const label = charts.label(name, formatDate(first, language), formatDate(last, language));
  return (
    <figure class="chart">
      {!hasFailed && (
        <ChartCanvas
          series={series}
          label={label}
          format={format}
          isLogarithmic={isLogarithmic ?? false}
          selection={selection}
          onError={onError}
        />
      )}
      <ChartTable name={name} dates={dates} series={series} format={format} isOpen={hasFailed} />
    </figure>
  );
}

type TrendProps = { name: string; tone: "popular" | "made"; points: Point[] };

/** The daily popularity of a keyword in percent, or its number of uploads. */
export function TrendChart({ name, tone, points }: TrendProps) {
  const language = useLanguage();
  const series = useMemo(() => [{ name, tone, points }], [name, tone, points]);
  const format = useCallback(
    (value: number) =>
      tone === "popular" ? formatPercent(value, language) : formatCount(value, language),
    [tone, language],
  );
  return <LineChart name={name} series={series} format={format} />;
}
