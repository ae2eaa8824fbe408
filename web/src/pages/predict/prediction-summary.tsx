import type { components } from "../../api/schema";
import { formatDate } from "../../format/dates";
import { formatCount, formatRatio } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import type { Draft, DraftId } from "./draft";
import { usePredictTexts } from "./predict-texts";
import { lastAge, type DraftPrediction } from "./prediction";

type Props = { id: DraftId; predicted: DraftPrediction };

/** The predicted views on the last day, with their interval and factors. */
export function PredictionSummary({ id, predicted }: Props) {
  const { draft, prediction } = predicted;
  const t = usePredictTexts();
  const { videos } = useTranslations();
  const language = useLanguage();
  const last = prediction.lines.data.at(-1);
  const interval = prediction.interval?.at(-1);
  const format = (value: number) => formatCount(value, language);
  return (
    <section class={`prediction prediction-${id.toLowerCase()}`} data-prediction={id}>
      <h3>
        {t.draft(id)} · {last && `${formatDate(last.date, language)} `}(
        {t.after(lastAge(predicted))})
      </h3>
      <p class="figure-value">{last ? videos.views(format(last.value)) : "–"}</p>
      {interval && (
        <p class="figure-note">{t.interval(format(interval.low), format(interval.high))}</p>
      )}
      {prediction.factors ? (
        <Factors factors={prediction.factors} unused={unusedInputs(draft, prediction.factors)} />
      ) : (
        <p class="figure-note">{t.noFactors}</p>
      )}
    </section>
  );
}

/** The factor whose bar has the full width. */
const MAX_EFFECT = 8;

type Factor = components["schemas"]["PredictionFactor"];

/** The factors of inputs that were given but are not in the prediction: they have no effect. */
function unusedInputs(draft: Draft, factors: Factor[]): Factor["name"][] {
  const { title, hour, format: shorts, thumbnail } = draft;
  const given = { title, hour, shorts, thumbnail };
  const names = ["title", "hour", "shorts", "thumbnail"] as const;
  return names.filter(
    (name) => given[name] && !factors.some((factor) => factor.name === name && factor.effect !== 1),
  );
}

/** Diverging bars: positive effects to the right, negative ones to the left. */
function Factors({ factors, unused }: { factors: Factor[]; unused: Factor["name"][] }) {
  const t = usePredictTexts();
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
              <span class="factor-effect">{formatRatio(effect, language)}</span>
            </li>
          );
        })}
      </ul>
      {unused.length > 0 && (
        <p class="figure-note">
          {t.noEffect(unused.map((name) => nameOf(t.factors, name) ?? name).join(", "))}
        </p>
      )}
    </>
  );
}
