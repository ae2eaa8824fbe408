import { ScrollableTable } from "../components/scrollable-table";
import { formatFullDate } from "../format/dates";
import { useLanguage, useTranslations } from "../i18n";
import { isIncomplete, type Series } from "./series";

type Props = {
  name: string;
  dates: string[];
  series: Series[];
  format: (value: number) => string;
  isOpen: boolean;
};

/** The data of a chart as a table, latest date first. */
export function ChartTable({ name, dates, series, format, isOpen }: Props) {
  const { charts, table } = useTranslations();
  const language = useLanguage();
  const cell = ({ points, intervals }: Series, date: string) => {
    const value = points.find((point) => point.date === date)?.value;
    const range = intervals?.find((interval) => interval.date === date);
    if (value == null) return "–";
    return range ? `${format(value)} (${format(range.low)}–${format(range.high)})` : format(value);
  };
  return (
    <details class="chart-table" open={isOpen}>
      <summary>{table.showTable}</summary>
      <ScrollableTable label={name} class="chart-table-body">
        <table>
          <caption class="sr-only">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{charts.date}</th>
              {series.map((item) => (
                <th key={item.name} scope="col">
                  {item.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...dates].reverse().map((date) => (
              <tr key={date} data-date={date}>
                <th scope="row">
                  {formatFullDate(date, language)}
                  {series.some((item) => isIncomplete(item, date)) && ` (${charts.incomplete})`}
                </th>
                {series.map((item) => (
                  <td key={item.name}>{cell(item, date)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollableTable>
    </details>
  );
}
