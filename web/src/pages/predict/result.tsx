import { useCallback, useMemo } from "preact/hooks";
import { LineFigure } from "../../charts/line-figure";
import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { Outcome } from "./outcome";
import { Verdict } from "./verdict";
import type { DraftState } from "./use-draft";

/** The curves of the drafts that were predicted, and why they are so. */
export function Result({ drafts }: { drafts: DraftState[] }) {
  const { predict: words } = useWords();
  const language = useLanguage();
  const [a, b] = drafts.map((state) => state.predicted?.prediction);
  const series = useMemo(
    () =>
      (
        [
          ["A", a, "a"],
          ["B", b, "b"],
        ] as const
      ).flatMap(([letter, prediction, tone]) =>
        prediction
          ? {
              name: words.draft(letter),
              tone,
              points: prediction.lines.data,
              band: prediction.interval ?? undefined,
            }
          : [],
      ),
    [a, b, words],
  );
  const format = useCallback((value: number) => count(value, language), [language]);
  if (series.length === 0) {
    return (
      <Card title={words.result}>
        <p class="chart-empty">{words.resultStart}</p>
      </Card>
    );
  }
  return (
    <Card
      title={words.result}
      aside={
        <p class="legend">
          {series.map((one) => (
            <span key={one.tone} class={`legend-${one.tone}`}>
              {one.name}
            </span>
          ))}
        </p>
      }
    >
      {a && b && <Verdict a={a} b={b} />}
      <LineFigure name={words.result} series={series} format={format} isLogarithmic />
      <div class="outcomes">
        {drafts.map(
          ({ letter, predicted }) =>
            predicted && <Outcome key={letter} letter={letter} prediction={predicted.prediction} />,
        )}
      </div>
    </Card>
  );
}
