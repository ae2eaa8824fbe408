import uPlot from "uplot";
import { isIncomplete, type Palette, type Series } from "./series";

/** Of the names at the ends of several lines, in pixels. */
export const END_LABEL_WIDTH = 76;
const LINE_HEIGHT = 15;

/** The position of a date and a value on the canvas, in its pixels. */
function positionOf(plot: uPlot, date: string, value: number): { x: number; y: number } {
  const day = Date.parse(date) / 86_400_000;
  return { x: plot.valToPos(day, "x", true), y: plot.valToPos(value, "y", true) };
}

/** A labelled area behind the incomplete values, from the last complete one. */
export function drawIncompleteArea(
  plot: uPlot,
  series: Series[],
  dates: string[],
  { palette, incomplete }: { palette: Palette; incomplete: string },
): void {
  const first = dates.findIndex((date) => series.some((item) => isIncomplete(item, date)));
  const [start, end] = [dates[Math.max(first - 1, 0)], dates.at(-1)];
  if (first < 0 || !start || !end) return;
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const left = positionOf(plot, start, 1).x;
  const right = positionOf(plot, end, 1).x;
  ctx.save();
  ctx.fillStyle = `${palette.text}12`;
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
  ctx.fillStyle = palette.text;
  ctx.font = `${12 * ratio}px ${palette.font}`;
  ctx.textAlign = "right";
  ctx.textBaseline = "top";
  ctx.fillText(incomplete, right - 4 * ratio, bbox.top + 4 * ratio);
  ctx.restore();
}

/** The name of each line at its end, moved where names would overlap each other or the dates. */
export function drawEndLabels(
  plot: uPlot,
  series: Series[],
  dates: string[],
  palette: Palette,
): void {
  const { ctx } = plot;
  const ratio = uPlot.pxRatio;
  const labels = series
    .flatMap(({ name, tone, points }) => {
      const last = points.findLast(({ date, value }) => value !== null && dates.includes(date));
      if (last?.value == null) return [];
      return { name, color: palette[tone], ...positionOf(plot, last.date, last.value) };
    })
    .sort((a, b) => a.y - b.y);
  ctx.save();
  ctx.font = `${12 * ratio}px ${palette.font}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const { bbox } = plot;
  const bottom = bbox.top + bbox.height - (LINE_HEIGHT / 2) * ratio;
  const tops = spread(labels, LINE_HEIGHT * ratio, bottom);
  for (const [index, { name, color, x, y }] of labels.entries()) {
    ctx.fillStyle = color;
    const text = truncate(ctx, name, END_LABEL_WIDTH * ratio);
    ctx.fillText(text, x + 6 * ratio, tops[index] ?? y);
  }
  ctx.restore();
}

/** Ascending positions at least `distance` apart and, if there is room, not below `bottom`. */
export function spread(labels: { y: number }[], distance: number, bottom: number): number[] {
  const tops: number[] = [];
  for (const { y } of labels) tops.push(Math.max(y, (tops.at(-1) ?? -Infinity) + distance));
  let limit = bottom;
  for (let index = tops.length - 1; index >= 0; index -= 1) {
    const top = Math.min(tops[index] ?? limit, limit);
    tops[index] = top;
    limit = top - distance;
  }
  return tops;
}

function truncate(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && ctx.measureText(`${characters.join("")}…`).width > width) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}
