import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import type { Prediction } from "./ask";
import type { Letter } from "./draft";
import { Reasons } from "./reasons";

/** Where a draft is after 31 days, and why. */
export function Outcome({ letter, prediction }: { letter: Letter; prediction: Prediction }) {
  const { predict: words, videos } = useWords();
  const language = useLanguage();
  const last = prediction.lines.data.at(-1);
  const range = prediction.interval?.at(-1);
  const number = (value: number) => count(value, language);
  return (
    <section class={`outcome outcome-${letter.toLowerCase()}`} data-outcome={letter}>
      <h3>
        {words.draft(letter)} · {words.after}
      </h3>
      <p class="figure-value">{last ? videos.views(number(last.value)) : "–"}</p>
      {range && <p class="figure-note">{words.range(number(range.low), number(range.high))}</p>}
      {prediction.factors ? (
        <Reasons factors={prediction.factors} />
      ) : (
        <p class="figure-note">{words.noReasons}</p>
      )}
    </section>
  );
}
