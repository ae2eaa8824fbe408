import { times } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";

type Props = {
  name: string;
  value: number | null | undefined;
  average: number | null | undefined;
  format: (value: number) => string;
};

/** A number, and a bar beside the average's. */
export function Comparison({ name, value, average, format }: Props) {
  const { video: words } = useWords();
  const language = useLanguage();
  const most = Math.max(value ?? 0, average ?? 0) || 1;
  const bar = (part: number) => ({ width: `${Math.max((part / most) * 100, 1)}%` });
  return (
    <div class="figure" data-figure={name}>
      <h2>{name}</h2>
      <p class="figure-value">{value == null ? "–" : format(value)}</p>
      {value == null || average == null ? (
        <p class="figure-note">{words.noAverage}</p>
      ) : (
        <>
          <div class="figure-bars" aria-hidden="true">
            <span class="figure-bar" style={bar(value)} />
            <span class="figure-bar figure-bar-average" style={bar(average)} />
          </div>
          <p class="figure-note">
            {words.average} <span data-testid="average">{format(average)}</span>
            {average > 0 && <b> · {words.ofAverage(times(value / average, language))}</b>}
          </p>
        </>
      )}
    </div>
  );
}
