import { useCallback, useMemo, useState } from "preact/hooks";
import { day } from "../format/dates";
import { useLanguage } from "../i18n/language";
import { useWords } from "../i18n/words";
import { Chart } from "./chart";
import { ChartTable } from "./chart-table";
import type { Selection } from "./period";
import { daysOf, type Series } from "./series";

type Props = {
  /** What the lines are of. */
  name: string;
  series: Series[];
  format: (value: number) => string;
  isLogarithmic?: boolean;
  selection?: Selection;
};

/** A line chart, and the same as a table. */
export function LineFigure({ name, series, format, isLogarithmic, selection }: Props) {
  const words = useWords();
  const language = useLanguage();
  const days = useMemo(() => daysOf(series), [series]);
  const [isFailed, setFailed] = useState(false);
  const failed = useCallback(() => setFailed(true), []);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return <p class="chart-empty">{words.lines.empty}</p>;
  const label = words.lines.drawn(name, day(first, language), day(last, language));
  return (
    <figure class="chart">
      {!isFailed && (
        <Chart
          series={series}
          label={label}
          format={format}
          isLogarithmic={isLogarithmic ?? false}
          selection={selection}
          failed={failed}
        />
      )}
      <ChartTable name={name} days={days} series={series} format={format} isOpen={isFailed} />
    </figure>
  );
}
