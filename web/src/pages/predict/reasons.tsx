import type { components } from "../../api/schema";
import { change } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";

/** An effect of this much, up or down, fills its half. */
const WIDEST = 8;

/** What moved a prediction: to the right more views, to the left fewer. */
export function Reasons({ factors }: { factors: components["schemas"]["PredictionFactor"][] }) {
  const { predict: words } = useWords();
  const language = useLanguage();
  return (
    <>
      <h4>{words.reasons}</h4>
      <ul class="reasons">
        {factors.map(({ name, effect }) => {
          const share = Math.min(Math.abs(Math.log(effect)) / Math.log(WIDEST), 1) / 2;
          return (
            <li key={name} data-factor={name}>
              <span>{words.factors[name] ?? name}</span>
              <span class="reason-track" aria-hidden="true">
                <span
                  class={effect >= 1 ? "reason-up" : "reason-down"}
                  style={{ width: `${share * 100}%` }}
                />
              </span>
              <span class="reason-effect">{change(effect, language)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
