import { fullDay } from "../format/dates";
import { useLanguage } from "../i18n/language";
import { useWords } from "../i18n/words";
import type { Series } from "./series";

type Props = {
  name: string;
  days: string[];
  series: Series[];
  format: (value: number) => string;
  /** Where there is no chart. */
  isOpen: boolean;
};

/** What a chart shows, to read: newest first. */
export function ChartTable({ name, days, series, format, isOpen }: Props) {
  const words = useWords();
  const language = useLanguage();
  const cell = (one: Series, day: string) => {
    const value = one.points.find((point) => point.date === day)?.value;
    const range = one.band?.find((point) => point.date === day);
    if (value === undefined) return "–";
    return range ? `${format(value)} (${format(range.low)}–${format(range.high)})` : format(value);
  };
  return (
    <details class="chart-table" open={isOpen}>
      <summary>{words.lines.table}</summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <div class="chart-table-body" tabIndex={0} role="group" aria-label={name}>
        <table>
          <caption class="sr-only">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{words.lines.day}</th>
              {series.map((one) => (
                <th key={one.name} scope="col">
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day} data-day={day}>
                <th scope="row">{fullDay(day, language)}</th>
                {series.map((one) => (
                  <td key={one.name}>{cell(one, day)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
