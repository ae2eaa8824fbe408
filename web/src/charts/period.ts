import type { EChartsType } from "./echarts";

/** From the first to the last day, both included. */
export type Period = { start: string; end: string };

/** A chart on which a period is chosen. */
export type Selection = {
  period: Period | undefined;
  choose: (start: string, end: string) => void;
};

/** A finger that moves over a chart scrolls the page. */
export const CAN_DRAG = matchMedia("(pointer: fine)").matches;

/** From now on, dragging over the chart chooses. */
export function takeDrags(chart: EChartsType): void {
  chart.dispatchAction({
    type: "takeGlobalCursor",
    key: "brush",
    brushOption: { brushType: "lineX", brushMode: "single" },
  });
}

/** Calls with the first and the last day when somebody has dragged. */
export function onPeriod(chart: EChartsType, chosen: (start: string, end: string) => void): void {
  chart.on("brushEnd", (event) => {
    const { areas } = event as { areas?: { coordRange?: [number, number] }[] };
    const range = areas?.[0]?.coordRange;
    if (!range) return;
    const days = daysOf(chart);
    const day = (at: number) => days[Math.min(Math.max(Math.round(at), 0), days.length - 1)];
    const [start, end] = [day(range[0]), day(range[1])];
    if (start && end) chosen(start, end);
  });
}

/** Marks what is chosen of the chart's days; nothing, where that is none of them. */
export function showPeriod(chart: EChartsType, period: Period | undefined): void {
  const places = daysOf(chart).flatMap((day, place) =>
    period && period.start <= day && day <= period.end ? place : [],
  );
  const [first, last] = [places[0], places.at(-1)];
  const area = { xAxisIndex: 0, brushType: "lineX", coordRange: [first, last] };
  chart.dispatchAction({ type: "brush", areas: first === undefined ? [] : [area] });
}

function daysOf(chart: EChartsType): string[] {
  const [axis] = chart.getOption().xAxis as { data: string[] }[];
  return axis?.data ?? [];
}
