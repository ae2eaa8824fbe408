import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import type {
  BrushComponentOption,
  GridComponentOption,
  MarkAreaComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";
import { formatAxisDate } from "../format/dates";
import {
  isUnfinished,
  knownDatesOf,
  type Interval,
  type Point,
  type Series,
  type Tone,
} from "./series";

type Option = ComposeOption<
  | BrushComponentOption
  | CustomSeriesOption
  | GridComponentOption
  | LineSeriesOption
  | MarkAreaComponentOption
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
  /** Shorter, without a unit. */
  formatAxis: (value: number) => string;
  formatDate: (date: string) => string;
  /** Label of incomplete values. */
  unfinished: string;
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
    c: read("good"),
    d: read("warn"),
    e: read("series-e"),
    text: read("text-2"),
    line: read("line"),
    surface: read("surface"),
    font: read("font"),
  };
}

export function chartOption(all: Series[], style: ChartStyle): Option {
  const { palette } = style;
  const dates = knownDatesOf(all);
  const series = all.map((item) => ({
    ...item,
    points: item.points.filter(({ date }) => date >= (dates[0] ?? "")),
  }));
  const text = { color: palette.text, fontFamily: palette.font, fontSize: 12 };
  return {
    animation: style.isAnimated,
    animationDuration: 500,
    grid: {
      left: 4,
      right: series.length > 1 ? END_LABEL_WIDTH + 10 : 20,
      top: 14,
      bottom: 4,
      containLabel: true,
    },
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
      minInterval: 1,
      // Room for the label of incomplete values.
      boundaryGap: series.some((item) => item.unfinishedFrom) ? [0, "15%"] : [0, 0],
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...text, formatter: style.formatAxis },
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
      lineSeries(item, style, series),
      ...(item.unfinishedFrom ? [unfinishedSeries(item, style, series)] : []),
    ]),
  };
}

/** Of the names at the ends of several lines, in pixels. */
const END_LABEL_WIDTH = 76;

/** Areas of more lines would cover each other. */
const MAX_AREAS = 2;

function lineSeries(series: Series, style: ChartStyle, all: Series[]): LineSeriesOption {
  const { palette, isSelectable } = style;
  const color = palette[series.tone];
  const hasArea = all.length <= MAX_AREAS;
  return {
    type: "line",
    id: series.name,
    name: series.name,
    data: finishedValues(series).map(({ date, value }, index, all) => ({
      value: [date, value],
      // A line needs two points: a single one between gaps is drawn as a circle.
      symbol: all[index - 1]?.value == null && all[index + 1]?.value == null ? "circle" : "none",
    })),
    symbolSize: 7,
    lineStyle: { color, width: 2.5 },
    itemStyle: { color },
    emphasis: { disabled: true },
    ...(!hasUnfinished(series) && endLabel(series, style, all)),
    ...(hasArea &&
      !series.intervals && {
        areaStyle: { color, opacity: 0.1, origin: isSelectable ? "start" : "auto" },
      }),
  };
}

function hasUnfinished(series: Series): boolean {
  return series.points.some(({ date, value }) => value !== null && isUnfinished(series, date));
}

/** The name of a line at its end, if there are several. */
function endLabel(
  { name, tone }: Series,
  { palette }: ChartStyle,
  all: Series[],
): Pick<LineSeriesOption, "endLabel" | "labelLayout"> {
  if (all.length < 2) return {};
  return {
    endLabel: {
      show: true,
      formatter: () => name,
      color: palette[tone],
      fontFamily: palette.font,
      fontSize: 12,
      width: END_LABEL_WIDTH,
      overflow: "truncate",
    },
    labelLayout: { moveOverlap: "shiftY" },
  };
}

/** Suffix of the id of a series with the incomplete values of another one. */
export const UNFINISHED = "-unfinished";

/** The points with null instead of incomplete values. */
function finishedValues(series: Series): Point[] {
  return series.points.map(({ date, value }) => ({
    date,
    value: isUnfinished(series, date) ? null : value,
  }));
}

/**
 * The incomplete values, dashed from the last complete one, in a labelled area, which several lines
 * share.
 */
function unfinishedSeries(series: Series, style: ChartStyle, all: Series[]): LineSeriesOption {
  const { palette, unfinished } = style;
  const hasLabel = series === all[0];
  const color = palette[series.tone];
  const first = series.points.findIndex(({ date }) => isUnfinished(series, date));
  const points = first < 0 ? [] : series.points.slice(Math.max(first - 1, 0));
  const [start, end] = [points[0]?.date, points.at(-1)?.date];
  return {
    type: "line",
    id: `${series.name}${UNFINISHED}`,
    name: series.name,
    data: points.map(({ date, value }) => ({
      value: [date, value],
      symbol: isUnfinished(series, date) ? "circle" : "none",
    })),
    symbolSize: 7,
    lineStyle: { color, width: 2.5, type: [4, 4] },
    itemStyle: { color: palette.surface, borderColor: color, borderWidth: 2 },
    emphasis: { disabled: true },
    ...(hasUnfinished(series) && endLabel(series, style, all)),
    markArea: {
      silent: true,
      itemStyle: { color: palette.text, opacity: 0.07 },
      label: {
        position: "insideTopRight",
        color: palette.text,
        fontFamily: palette.font,
        fontSize: 12,
      },
      data: hasLabel && start && end ? [[{ name: unfinished, xAxis: start }, { xAxis: end }]] : [],
    },
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
        style: {
          fill: palette[series.tone],
          fillOpacity: 0.13,
          stroke: palette[series.tone],
          strokeOpacity: 0.5,
          lineWidth: 1,
        },
      };
    },
  };
}

/** The date, followed by one line per series. */
function tooltipText(params: unknown, { format, formatDate, unfinished }: ChartStyle): string {
  const items = (Array.isArray(params) ? params : [params]) as {
    seriesType: string;
    seriesId: string;
    seriesName: string;
    value: [string, number | null];
    data: { symbol: string };
  }[];
  const lines = items.filter(({ seriesType }) => seriesType === "line");
  const [first] = lines;
  if (!first) return "";
  const hasSeveralNames = new Set(lines.map(({ seriesName }) => seriesName)).size > 1;
  const values = lines.flatMap(({ seriesId, seriesName, value: [, value], data }) => {
    const isIncomplete = seriesId.endsWith(UNFINISHED);
    // The dashed line starts at a complete value, which has no symbol.
    if (value === null || (isIncomplete && data.symbol === "none")) return [];
    const text = isIncomplete ? `${format(value)} (${unfinished})` : format(value);
    return hasSeveralNames ? `${seriesName}  ${text}` : text;
  });
  return [formatDate(first.value[0]), ...(values.length > 0 ? values : ["–"])].join("\n");
}
