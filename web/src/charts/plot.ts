/** Draws a chart with uPlot, which is loaded with this module when the first chart is rendered. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { drawEndLabels, drawIncompleteArea, END_LABEL_WIDTH } from "./plot-labels";
import { HAS_BRUSH, type Period, type Selection } from "./period";
import { isIncomplete, knownDatesOf, type Palette, type Point, type Series } from "./series";

export type ChartStyle = {
  palette: Palette;
  /** Without a unit. */
  formatAxis: (value: number) => string;
  formatAxisDate: (date: string) => string;
  /** Label of incomplete values. */
  incomplete: string;
  /** For values that differ by orders of magnitude. */
  isLogarithmic: boolean;
  /** Called with a date that is pointed at, and its distance from the left edge in pixels. */
  onHover: (hovered: { date: string; left: number } | undefined) => void;
  onDraw: () => void;
  selection: { onSelect: Selection["onSelect"]; period: Period | undefined } | undefined;
};

/** Reads the colors of the current theme, of six digits, from the CSS custom properties. */
export function themePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    popular: read("popular"),
    recent: read("recent"),
    plain: read("recent"),
    a: read("popular"),
    b: read("recent"),
    c: read("good"),
    d: read("warn"),
    e: read("series-e"),
    text: read("text-2"),
    line: read("line"),
    surface: read("surface"),
    font: read("font"),
  };
}

/** A line of the chart with the values of all dates, as uPlot expects them. */
type Line = { options: uPlot.Series; values: (number | null | undefined)[] };

/** Draws a chart that fills the container; the caller destroys it. */
export function drawPlot(container: HTMLElement, all: Series[], style: ChartStyle): uPlot {
  const dates = knownDatesOf(all);
  const series = all.map((item) => ({
    ...item,
    points: item.points.filter(({ date }) => date >= (dates[0] ?? "")),
  }));
  const main = series.filter((item) => !item.isPrevious);
  const drawn = series.map((item) => linesOf(item, dates, style, series.length));
  const bands = drawn.flatMap((_, index) =>
    series[index]?.intervals ? [bandOf(drawn, index, style.palette[series[index].tone])] : [],
  );
  const isSelectable = style.selection !== undefined;
  const lines = drawn.flat();
  const options: uPlot.Options = {
    width: container.clientWidth,
    height: container.clientHeight,
    padding: [14, main.length > 1 ? END_LABEL_WIDTH + 10 : 20, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: isSelectable && HAS_BRUSH, y: false, setScale: false },
      points: { size: 7 },
    },
    scales: { x: { time: false }, y: valueScale(series, style) },
    axes: axesOf(dates, style),
    series: [{}, ...lines.map((line) => line.options)],
    bands,
    hooks: hooksOf(main, dates, style),
  };
  const data: uPlot.AlignedData = [dates.map(dayOf), ...lines.map(({ values }) => values)];
  const plot = new uPlot(options, data, container);
  showPeriod(plot, dates, style.selection?.period);
  return plot;
}

function valueScale(series: Series[], { isLogarithmic, selection }: ChartStyle): uPlot.Scale {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a `const enum`
  if (isLogarithmic) return { distr: 3 };
  const hasIncomplete = series.some((item) => item.incompleteFrom);
  const options = { isSelectable: selection !== undefined, hasIncomplete };
  return {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a `const enum`
    distr: 1,
    range: (_, min, max) => valueRange(min, max, options),
  };
}

/** Draws the labels, and reports the date that is pointed at and a selected period. */
function hooksOf(main: Series[], dates: string[], style: ChartStyle): uPlot.Hooks.Arrays {
  const { selection } = style;
  return {
    drawClear: [(plot) => drawIncompleteArea(plot, main, dates, style)],
    draw: [
      (plot) => {
        if (main.length > 1) drawEndLabels(plot, main, dates, style.palette);
        style.onDraw();
      },
    ],
    setCursor: [
      (plot) => {
        const { idx, left = -1 } = plot.cursor;
        const date = idx == null || left < 0 ? undefined : dates[idx];
        if (!date) return style.onHover(undefined);
        style.onHover({ date, left: plot.over.offsetLeft + plot.valToPos(dayOf(date), "x") });
      },
    ],
    setSelect: [
      (plot) => {
        const { left, width } = plot.select;
        const [start, end] = [left, left + width].map((x) => dates[plot.posToIdx(x)]);
        if (width > 0 && start && end) selection?.onSelect(start, end);
      },
    ],
    setSize: [(plot) => showPeriod(plot, dates, selection?.period)],
  };
}

/** The number of the day since 1970. */
function dayOf(date: string): number {
  return Date.parse(date) / 86_400_000;
}

/** The steps of an axis: 1, 2, 5, 10, 20, 50 and so on. */
const STEPS = Array.from({ length: 13 }, (_, power) =>
  [1, 2, 5].map((factor) => factor * 10 ** power),
).flat();
const DAY_STEPS = [1, 2, 3, 7, 14, 28, 56, 91, 182, 364];

function axesOf(
  dates: string[],
  { palette, formatAxis, formatAxisDate }: ChartStyle,
): uPlot.Axis[] {
  const font = `12px ${palette.font}`;
  const shared = { font, stroke: palette.text, ticks: { show: false } };
  const names = new Map(dates.map((date) => [dayOf(date), formatAxisDate(date)]));
  return [
    {
      ...shared,
      size: 28,
      space: 56,
      incrs: DAY_STEPS,
      grid: { show: false },
      values: (_, days) => days.map((day) => names.get(day) ?? ""),
    },
    {
      ...shared,
      space: 44,
      incrs: STEPS,
      grid: { stroke: palette.line, width: 1 },
      values: (_, values) => values.map((value: number | null) => value && formatAxis(value)),
      size: (plot, values: string[] | null) => {
        plot.ctx.font = font;
        const widths = (values ?? []).map((text) => plot.ctx.measureText(text || "0").width);
        return Math.ceil(Math.max(...widths, 0)) + 14;
      },
    },
  ];
}

type RangeOptions = { isSelectable: boolean; hasIncomplete: boolean };

/** From 0, but for a selectable chart only around the values. */
function valueRange(
  min: number | null,
  max: number | null,
  { isSelectable, hasIncomplete }: RangeOptions,
): [number, number] {
  if (min === null || max === null) return [0, 1];
  if (isSelectable) {
    const margin = Math.max((max - min) * 0.1, 1);
    return [Math.max(min - margin, Math.min(min, 0)), max + margin];
  }
  const low = Math.min(min, 0);
  // Room for the label of incomplete values.
  const top = (Math.max(max, 0) - low) * (hasIncomplete ? 0.18 : 0.06);
  return [low, Math.max(max, 0) + (top || 1)];
}

/** Areas of more lines would cover each other. */
const MAX_AREAS = 2;
const DASH = [4, 4];

/** The line of a series, that of its incomplete values, and the bounds of its interval. */
function linesOf(series: Series, dates: string[], style: ChartStyle, count: number): Line[] {
  const { palette, isLogarithmic, selection } = style;
  // The area below a line would be cut by the axis of a selectable chart, which does not start at 0.
  const hasArea = count <= MAX_AREAS && !series.intervals && !series.isPrevious && !selection;
  const color = palette[series.tone];
  const toValues = (points: Point[]) => alignValues(points, dates, isLogarithmic);
  const { complete, incomplete } = splitPoints(series);
  const values = toValues(complete);
  const line: Line = {
    values,
    options: {
      stroke: series.isPrevious ? `${color}80` : color,
      width: series.isPrevious ? 1.5 : 2.5,
      ...(series.isPrevious && { dash: DASH }),
      ...(hasArea && { fill: `${color}1a` }),
      // A line needs two points: a single one between gaps is drawn as a circle.
      points: { show: true, size: 6, fill: color, filter: isolatedIndexes(values) },
    },
  };
  const lines = [line];
  if (incomplete.length > 0) {
    const dashed = toValues(incomplete);
    const marked = dates.flatMap((date, index) =>
      dashed[index] != null && isIncomplete(series, date) ? [index] : [],
    );
    const points = { show: true, size: 7, width: 2, stroke: color, fill: palette.surface };
    lines.push({
      values: dashed,
      options: { stroke: color, width: 2.5, dash: DASH, points: { ...points, filter: marked } },
    });
  }
  for (const bound of series.intervals ? (["high", "low"] as const) : []) {
    const limits = series.intervals?.map((item) => ({ date: item.date, value: item[bound] })) ?? [];
    lines.push({
      values: toValues(limits),
      options: { stroke: `${color}80`, width: 1, points: { show: false } },
    });
  }
  return lines;
}

/** Fills the space between the last two lines of a series. */
function bandOf(drawn: Line[][], index: number, color: string): uPlot.Band {
  // The first series of uPlot are the dates.
  const end = drawn.slice(0, index + 1).flat().length;
  return { series: [end - 1, end], fill: `${color}21` };
}

/** Null draws a gap; undefined, for dates without a point, does not. */
function alignValues(points: Point[], dates: string[], isLogarithmic: boolean) {
  const values = new Map(points.map(({ date, value }) => [date, value]));
  return dates.map((date) => {
    const value = values.get(date);
    // A logarithmic axis has no 0.
    return value != null && isLogarithmic ? Math.max(value, 1) : value;
  });
}

/** The points without incomplete values, and the incomplete ones from the last complete one. */
function splitPoints(series: Series): { complete: Point[]; incomplete: Point[] } {
  const { points } = series;
  const first = points.findIndex(({ date }) => isIncomplete(series, date));
  if (first < 0) return { complete: points, incomplete: [] };
  const complete = points.map((point, index) =>
    index < first ? point : { ...point, value: null },
  );
  return { complete, incomplete: points.slice(Math.max(first - 1, 0)) };
}

function isolatedIndexes(values: (number | null | undefined)[]): number[] {
  const known = values
    .map((value, index) => ({ value, index }))
    .filter((item) => item.value !== undefined);
  return known.flatMap(({ value, index }, position) =>
    value !== null && known[position - 1]?.value == null && known[position + 1]?.value == null
      ? [index]
      : [],
  );
}

/** Highlights the part of a period that is on the axis; clears the highlight if there is none. */
function showPeriod(plot: uPlot, dates: string[], period: Period | undefined): void {
  const inside = dates.filter((date) => period && period.start <= date && date <= period.end);
  const [first, last] = [inside[0], inside.at(-1)];
  if (!first || !last) return plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  const left = plot.valToPos(dayOf(first), "x");
  const width = plot.valToPos(dayOf(last), "x") - left;
  plot.setSelect({ left, width, top: 0, height: plot.over.clientHeight }, false);
}
