import { useCallback, useMemo } from "preact/hooks";
import { LineChart } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { formatDate } from "../../format/dates";
import { formatCount, formatPercent, formatRatio } from "../../format/numbers";
import { useLanguage } from "../../i18n";
import { usePredictTexts } from "./predict-texts";
import { lastAge, viewsAtAge, type DraftPrediction } from "./prediction";
import { PredictionSummary } from "./prediction-summary";
import type { DraftState } from "./use-draft";

/** The predicted views of the drafts and a comparison. */
export function PredictionResult({ drafts }: { drafts: DraftState[] }) {
  const t = usePredictTexts();
  const language = useLanguage();
  const [a, b] = drafts.map(({ predicted }) => predicted);
  const series = useMemo(() => {
    const predictions = [
      ["A", a, "a"],
      ["B", b, "b"],
    ] as const;
    return predictions.flatMap(([id, predicted, tone]) =>
      predicted
        ? {
            name: t.draft(id),
            tone,
            points: fromUpload(predicted, predicted.prediction.lines.data),
            intervals:
              predicted.prediction.interval && fromUpload(predicted, predicted.prediction.interval),
          }
        : [],
    );
  }, [a, b, t]);
  const hasUploadDay = drafts.some(({ predicted }) =>
    predicted?.prediction.lines.data.some(({ date }) => date === predicted.draft.date),
  );
  const format = useCallback((value: number) => formatCount(value, language), [language]);
  const last = (a ?? b)?.prediction.lines.data.at(-1);
  if (series.length === 0 || !last) {
    return (
      <Card title={t.result}>
        <p class="chart-empty">{t.resultEmpty}</p>
      </Card>
    );
  }
  return (
    <Card
      title={t.result}
      description={t.resultUntil(formatDate(last.date, language))}
      actions={
        <p class="legend">
          {series.map(({ tone, name }) => (
            <span key={tone} class={`legend-${tone}`}>
              {name}
            </span>
          ))}
        </p>
      }
    >
      {a && b && <Comparison a={a} b={b} />}
      <LineChart name={t.result} series={series} format={format} isLogarithmic />
      {hasUploadDay && <p class="chart-note">{t.firstValue}</p>}
      <div class="predictions">
        {drafts.map(
          ({ id, predicted }) =>
            predicted && <PredictionSummary key={id} id={id} predicted={predicted} />,
        )}
      </div>
    </Card>
  );
}

/** The values from the upload day on; those before it are 0. */
function fromUpload<T extends { date: string }>({ draft }: DraftPrediction, values: T[]): T[] {
  return values.filter(({ date }) => date >= draft.date);
}

/**
 * The first age in days at which drafts are compared. Before, the views are those until midnight of
 * the upload's day, so that the hour of the upload decides.
 */
const MIN_COMPARED_AGE = 1;

/** Predictions within this ratio count as equal if the API returns no ratio. */
const MAX_EQUAL_RATIO = 1.05;

/**
 * Names the draft with more predicted views at the same age, if they differ by more than titles
 * explain.
 */
function Comparison({ a, b }: { a: DraftPrediction; b: DraftPrediction }) {
  const t = usePredictTexts();
  const language = useLanguage();
  const age = Math.min(lastAge(a), lastAge(b));
  const [viewsA, viewsB] = [viewsAtAge(a, age), viewsAtAge(b, age)];
  const isTooYoung = age < MIN_COMPARED_AGE;
  if (isTooYoung || viewsA === undefined || viewsB === undefined) {
    return (
      <p class="comparison" role="status">
        {isTooYoung ? t.tooYoung : t.notComparable}
      </p>
    );
  }
  const ratio = Math.max(viewsA, viewsB) / Math.min(viewsA, viewsB);
  const minRatio = Math.max(
    a.prediction.min_ratio ?? MAX_EQUAL_RATIO,
    b.prediction.min_ratio ?? MAX_EQUAL_RATIO,
  );
  const better = viewsA > viewsB ? "A" : "B";
  return (
    <p class="comparison" role="status">
      {ratio < minRatio
        ? t.even
        : ratio < 2
          ? t.higher(better, formatPercent((ratio - 1) * 100, language))
          : t.multiple(better, formatRatio(ratio, language))}
    </p>
  );
}
