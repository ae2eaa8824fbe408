import type { EChartsType } from "./echarts";

/** Calls with the first and the last day when somebody has dragged over the chart. */
export function onPeriod(chart: EChartsType, chosen: (start: string, end: string) => void): void {
  chart.on("brushEnd", (event) => {
    const { areas } = event as { areas?: { coordRange?: [number, number] }[] };
    const range = areas?.[0]?.coordRange;
    const [axis] = chart.getOption().xAxis as { data: string[] }[];
    if (!range || !axis) return;
    const last = axis.data.length - 1;
    const place = (at: number) => axis.data[Math.min(Math.max(Math.round(at), 0), last)];
    const [start, end] = [place(range[0]), place(range[1])];
    if (start && end) chosen(start, end);
  });
}
