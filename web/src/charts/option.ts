import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import type {
  BrushComponentOption,
  GridComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";
import { shortDay } from "../format/dates";
import type { Palette } from "./palette";
import { daysOf, type Band, type Series } from "./series";

export type Option = ComposeOption<
  | BrushComponentOption
  | CustomSeriesOption
  | GridComponentOption
  | LineSeriesOption
  | TooltipComponentOption
>;

export type Look = {
  colors: Palette;
  format: (value: number) => string;
  day: (text: string) => string;
  /** For values that differ by orders of magnitude. */
  isLogarithmic: boolean;
  /** Whether a period can be chosen. */
  isSelectable: boolean;
  isStill: boolean;
};

/** The series as ECharts wants them. */
export function option(series: Series[], look: Look): Option {
  const { colors } = look;
  const days = daysOf(series);
  const text = { color: colors.text, fontFamily: colors.font, fontSize: 12 };
  return {
    animation: !look.isStill,
    animationDuration: 500,
    grid: { left: 4, right: 12, top: 14, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: days,
      boundaryGap: false,
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { show: false },
      axisLabel: { ...text, formatter: shortDay, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: look.isLogarithmic ? "log" : "value",
      scale: look.isSelectable,
      splitNumber: 4,
      splitLine: { lineStyle: { color: colors.line } },
      axisLabel: { ...text, formatter: look.format },
    },
    tooltip: {
      trigger: "axis",
      // Its own elements would need inline styles, which the page's policy forbids.
      renderMode: "richText",
      confine: true,
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { ...text, fontSize: 13 },
      axisPointer: { lineStyle: { color: colors.text, type: [3, 3] } },
      formatter: (hovered) => tooltip(hovered, look),
    },
    ...(look.isSelectable && {
      brush: {
        xAxisIndex: 0,
        brushStyle: { color: "rgba(128,128,128,.16)", borderColor: colors.text, borderWidth: 1 },
        outOfBrush: { colorAlpha: 1 },
      },
    }),
    series: series.flatMap((one) => [
      ...(one.band ? [band(one.band, one, days, look)] : []),
      line(one, look),
    ]),
  };
}

function line(one: Series, { colors, isSelectable }: Look): LineSeriesOption {
  const color = colors[one.tone];
  return {
    type: "line",
    name: one.name,
    data: one.points.map((point) => [point.date, point.value]),
    showSymbol: one.points.length < 2,
    symbol: "circle",
    symbolSize: 7,
    lineStyle: { color, width: 2.5, type: one.tone === "b" ? [7, 4] : "solid" },
    itemStyle: { color },
    emphasis: { disabled: true },
    ...(!one.band && {
      areaStyle: { color, opacity: 0.1, origin: isSelectable ? "start" : "auto" },
    }),
  };
}

/** An area between two lines. */
function band(range: Band[], one: Series, days: string[], { colors }: Look): CustomSeriesOption {
  return {
    type: "custom",
    name: `${one.name}-band`,
    silent: true,
    tooltip: { show: false },
    // The whole shape is drawn at once: one item, whose extent the axis must know.
    data: range.map(({ date, low, high }) => [date, low, high]),
    encode: { x: 0, y: [1, 2] },
    renderItem: (params, api) => {
      if (params.dataIndex !== 0) return null;
      const at = (date: string, value: number) => api.coord([days.indexOf(date), value]);
      const points = [
        ...range.map(({ date, high }) => at(date, high)),
        ...range.map(({ date, low }) => at(date, Math.max(low, 1))).reverse(),
      ];
      return {
        type: "polygon",
        shape: { points },
        style: { fill: colors[one.tone], opacity: 0.13 },
      };
    },
  };
}

/** The day, and a line for each series. */
function tooltip(hovered: unknown, { format, day }: Look): string {
  const items = (Array.isArray(hovered) ? hovered : [hovered]) as {
    seriesType: string;
    seriesName: string;
    value: [string, number];
  }[];
  const lines = items.filter((item) => item.seriesType === "line");
  const [first] = lines;
  if (!first) return "";
  const values = lines.map(({ seriesName, value }) =>
    lines.length > 1 ? `${seriesName}  ${format(value[1])}` : format(value[1]),
  );
  return [day(first.value[0]), ...values].join("\n");
}
