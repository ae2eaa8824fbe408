import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import type {
  BrushComponentOption,
  GridComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";
import { formatAxisDate } from "../format/dates";
import { datesOf, type Interval, type Series, type Tone } from "./series";

type Option = ComposeOption<
  | BrushComponentOption
  | CustomSeriesOption
  | GridComponentOption
  | LineSeriesOption
  | TooltipComponentOption
>;

type Palette = Record<Tone, string> & {
  text: string;
  line: string;
  surface: string;
  font: string;
};

export type ChartStyle = {
  palette: Palette;
  format: (value: number) => string;
  formatDate: (date: string) => string;
  /** For values that differ by orders of magnitude. */
  isLogarithmic: boolean;
  /** Whether a period can be selected. */
  isSelectable: boolean;
  isAnimated: boolean;
};

/** Reads the colours of the current theme from the CSS custom properties. */
export function themePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    popular: read("popular"),
    made: read("made"),
    plain: read("made"),
    a: read("popular"),
    b: read("made"),
    text: read("text-2"),
    line: read("line"),
    surface: read("surface"),
    font: read("font"),
  };
}

export function chartOption(series: Series[], style: ChartStyle): Option {
  const { palette } = style;
  const dates = datesOf(series);
  const text = { color: palette.text, fontFamily: palette.font, fontSize: 12 };
  return {
    animation: style.isAnimated,
    animationDuration: 500,
    grid: { left: 4, right: 12, top: 14, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: dates,
      boundaryGap: false,
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { ...text, formatter: formatAxisDate, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: style.isLogarithmic ? "log" : "value",
      scale: style.isSelectable,
      splitNumber: 4,
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...text, formatter: style.format },
    },
    tooltip: {
      trigger: "axis",
      // The HTML render mode needs inline styles, which the Content-Security-Policy forbids.
      renderMode: "richText",
      confine: true,
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { ...text, fontSize: 13 },
      axisPointer: { lineStyle: { color: palette.text, type: [3, 3] } },
      formatter: (params) => tooltipText(params, style),
    },
    ...(style.isSelectable && {
      brush: {
        xAxisIndex: 0,
        brushStyle: { color: "rgba(128,128,128,.16)", borderColor: palette.text, borderWidth: 1 },
        outOfBrush: { colorAlpha: 1 },
      },
    }),
    series: series.flatMap((item) => [
      ...(item.intervals ? [bandSeries(item.intervals, item, dates, style)] : []),
      lineSeries(item, style),
    ]),
  };
}

function lineSeries(series: Series, { palette, isSelectable }: ChartStyle): LineSeriesOption {
  const color = palette[series.tone];
  return {
    type: "line",
    name: series.name,
    data: series.points.map((point) => [point.date, point.value]),
    showSymbol: series.points.length < 2,
    symbol: "circle",
    symbolSize: 7,
    lineStyle: { color, width: 2.5, type: series.tone === "b" ? [7, 4] : "solid" },
    itemStyle: { color },
    emphasis: { disabled: true },
    ...(!series.intervals && {
      areaStyle: { color, opacity: 0.1, origin: isSelectable ? "start" : "auto" },
    }),
  };
}

function bandSeries(
  intervals: Interval[],
  series: Series,
  dates: string[],
  { palette }: ChartStyle,
): CustomSeriesOption {
  return {
    type: "custom",
    name: `${series.name}-band`,
    silent: true,
    tooltip: { show: false },
    // The first item renders the whole polygon; the others only extend the axes.
    data: intervals.map(({ date, low, high }) => [date, low, high]),
    encode: { x: 0, y: [1, 2] },
    renderItem: (params, api) => {
      if (params.dataIndex !== 0) return null;
      const toPixel = (date: string, value: number) => api.coord([dates.indexOf(date), value]);
      const points = [
        ...intervals.map(({ date, high }) => toPixel(date, high)),
        ...intervals.map(({ date, low }) => toPixel(date, Math.max(low, 1))).reverse(),
      ];
      return {
        type: "polygon",
        shape: { points },
        style: { fill: palette[series.tone], opacity: 0.13 },
      };
    },
  };
}

/** The date, followed by one line per series. */
function tooltipText(params: unknown, { format, formatDate }: ChartStyle): string {
  const items = (Array.isArray(params) ? params : [params]) as {
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
  return [formatDate(first.value[0]), ...values].join("\n");
}
