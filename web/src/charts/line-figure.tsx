import { useMemo } from "preact/hooks";
import { day } from "../format/dates";
import { useLanguage } from "../i18n/language";
import { useWords } from "../i18n/words";
import { Chart } from "./chart";
import { ChartTable } from "./chart-table";
import { daysOf, type Series } from "./series";

type Props = {
  /** What the lines are of. */
  name: string;
  series: Series[];
  format: (value: number) => string;
  isLogarithmic?: boolean;
  choose?: (start: string, end: string) => void;
};

/** A line chart, and the same as a table. */
export function LineFigure({ name, series, format, isLogarithmic, choose }: Props) {
  const words = useWords();
  const language = useLanguage();
  const days = useMemo(() => daysOf(series), [series]);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return <p class="chart-empty">{words.lines.empty}</p>;
  const label = words.lines.drawn(name, day(first, language), day(last, language));
  return (
    <figure class="chart">
      <Chart
        series={series}
        label={label}
        format={format}
        isLogarithmic={isLogarithmic ?? false}
        choose={choose}
      />
      <ChartTable name={name} days={days} series={series} format={format} />
    </figure>
  );
}
