import type { components } from "../../api/schema";
import { formatChange, formatCount } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import type { Letter } from "./draft";
import type { Prediction } from "./prediction";

type Props = { letter: Letter; prediction: Prediction };

/** The predicted views on the last day, with their interval and factors. */
export function PredictionSummary({ letter, prediction }: Props) {
  const { predict: t, videos } = useTranslations();
  const language = useLanguage();
  const last = prediction.lines.data.at(-1);
  const interval = prediction.interval?.at(-1);
  const format = (value: number) => formatCount(value, language);
  return (
    <section class={`prediction prediction-${letter.toLowerCase()}`} data-prediction={letter}>
      <h3>
        {t.draft(letter)} · {t.after}
      </h3>
      <p class="figure-value">{last ? videos.views(format(last.value)) : "–"}</p>
      {interval && (
        <p class="figure-note">{t.interval(format(interval.low), format(interval.high))}</p>
      )}
      {prediction.factors ? (
        <Factors factors={prediction.factors} />
      ) : (
        <p class="figure-note">{t.noFactors}</p>
      )}
    </section>
  );
}

/** The factor whose bar has the full width. */
const MAX_EFFECT = 8;

/** Diverging bars: positive effects to the right, negative ones to the left. */
function Factors({ factors }: { factors: components["schemas"]["PredictionFactor"][] }) {
  const { predict: t } = useTranslations();
  const language = useLanguage();
  return (
    <>
      <h4>{t.factorsTitle}</h4>
      <ul class="factors">
        {factors.map(({ name, effect }) => {
          const width = Math.min(Math.abs(Math.log(effect)) / Math.log(MAX_EFFECT), 1) / 2;
          return (
            <li key={name} data-factor={name}>
              <span>{nameOf(t.factors, name) ?? name}</span>
              <span class="factor-track" aria-hidden="true">
                <span
                  class={effect >= 1 ? "factor-up" : "factor-down"}
                  style={{ width: `${width * 100}%` }}
                />
              </span>
              <span class="factor-effect">{formatChange(effect, language)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
