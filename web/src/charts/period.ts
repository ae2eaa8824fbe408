import type { EChartsType } from "./echarts";

/** First and last date, both inclusive. */
export type Period = { start: string; end: string };

/** Makes a period of a chart selectable. */
export type Selection = {
  period: Period | undefined;
  onSelect: (start: string, end: string) => void;
};

/** On touch screens, dragging scrolls the page instead. */
export const HAS_BRUSH = matchMedia("(pointer: fine)").matches;

export function enableBrush(chart: EChartsType): void {
  chart.dispatchAction({
    type: "takeGlobalCursor",
    key: "brush",
    brushOption: { brushType: "lineX", brushMode: "single" },
  });
}

export function onBrushEnd(chart: EChartsType, onSelect: Selection["onSelect"]): void {
  chart.on("brushEnd", (event) => {
    const { areas } = event as { areas?: { coordRange?: [number, number] }[] };
    const range = areas?.[0]?.coordRange;
    if (!range) return;
    const dates = axisDates(chart);
    const dateAt = (x: number) => dates[Math.min(Math.max(Math.round(x), 0), dates.length - 1)];
    const [start, end] = [dateAt(range[0]), dateAt(range[1])];
    if (start && end) onSelect(start, end);
  });
}

/** Highlights the part of a period that is on the axis; clears the highlight if there is none. */
export function highlightPeriod(chart: EChartsType, period: Period | undefined): void {
  const indexes = axisDates(chart).flatMap((date, index) =>
    period && period.start <= date && date <= period.end ? index : [],
  );
  const [first, last] = [indexes[0], indexes.at(-1)];
  const area = { xAxisIndex: 0, brushType: "lineX", coordRange: [first, last] };
  chart.dispatchAction({ type: "brush", areas: first === undefined ? [] : [area] });
}

function axisDates(chart: EChartsType): string[] {
  const [axis] = chart.getOption().xAxis as { data: string[] }[];
  return axis?.data ?? [];
}
