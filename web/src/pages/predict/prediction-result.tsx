import { useCallback, useMemo } from "preact/hooks";
import { LineChart } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { formatCount, formatPercent, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import type { Prediction } from "./prediction";
import { PredictionSummary } from "./prediction-summary";
import type { DraftState } from "./use-draft";

/** The predicted views of the drafts and a comparison. */
export function PredictionResult({ drafts }: { drafts: DraftState[] }) {
  const { predict: t } = useTranslations();
  const language = useLanguage();
  const [a, b] = drafts.map(({ prediction }) => prediction);
  const series = useMemo(() => {
    const predictions = [
      ["A", a, "a"],
      ["B", b, "b"],
    ] as const;
    return predictions.flatMap(([letter, prediction, tone]) =>
      prediction
        ? {
            name: t.draft(letter),
            tone,
            points: prediction.lines.data,
            intervals: prediction.interval ?? undefined,
          }
        : [],
    );
  }, [a, b, t]);
  const format = useCallback((value: number) => formatCount(value, language), [language]);
  if (series.length === 0) {
    return (
      <Card title={t.result}>
        <p class="chart-empty">{t.resultEmpty}</p>
      </Card>
    );
  }
  return (
    <Card
      title={t.result}
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
      <div class="predictions">
        {drafts.map(
          ({ letter, prediction }) =>
            prediction && (
              <PredictionSummary key={letter} letter={letter} prediction={prediction} />
            ),
        )}
      </div>
    </Card>
  );
}

/** Predictions within this ratio count as equal if the API returns no ratio. */
const MAX_EQUAL_RATIO = 1.05;

/**
 * Names the draft with more predicted views on the last day, if they differ by more than titles
 * explain.
 */
function Comparison({ a, b }: { a: Prediction; b: Prediction }) {
  const { predict: t } = useTranslations();
  const language = useLanguage();
  const [viewsA, viewsB] = [lastViews(a), lastViews(b)];
  const ratio = Math.max(viewsA, viewsB) / Math.min(viewsA, viewsB);
  const minRatio = Math.max(a.min_ratio ?? MAX_EQUAL_RATIO, b.min_ratio ?? MAX_EQUAL_RATIO);
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

function lastViews({ lines }: Prediction): number {
  return Math.max(lines.data.at(-1)?.value ?? 0, 1);
}
