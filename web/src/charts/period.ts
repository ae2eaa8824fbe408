import type { components } from "../api/schema";
import { addDays } from "../format/dates";
import type { Point, Series } from "./series";

/** First and last date, both inclusive. */
export type Period = { start: string; end: string };

/** Makes a period of a chart selectable. */
export type Selection = {
  period: Period | undefined;
  onSelect: (start: string, end: string) => void;
};

/** On touch screens, dragging scrolls the page instead. */
export const HAS_BRUSH = typeof matchMedia === "function" && matchMedia("(pointer: fine)").matches;

export type TimeUnit = "day" | "week";

const DAYS_OF = { day: 1, week: 7 };

/** The points of a period, and as many before it. Days or weeks are ascending and have no gaps. */
export function splitPeriods<T extends { date: string }>(
  points: T[],
  { start, end }: Period,
  unit: TimeUnit,
): { current: T[]; previous: T[]; shift: number } {
  const from = addDays(start, 1 - DAYS_OF[unit]);
  const current = points.filter(({ date }) => date >= from && date <= end);
  const first = points.findIndex(({ date }) => date >= from);
  const previous = first < 0 ? [] : points.slice(Math.max(first - current.length, 0), first);
  return { current, previous, shift: current.length * DAYS_OF[unit] };
}

/**
 * Days and weeks from the one of the newest observation on are incomplete, also if they are over.
 * Weeks without a complete day are omitted: their counts would look like a fall to 0.
 */
export function markIncomplete<T extends { date: string; is_complete: boolean }>(
  points: T[],
  lastDay: string,
  unit: TimeUnit,
): T[] {
  const counted = points.filter(({ date }) => unit === "day" || date < lastDay);
  return counted.map((point) => ({
    ...point,
    is_complete: point.is_complete && addDays(point.date, DAYS_OF[unit] - 1) < lastDay,
  }));
}

type SeriesPoint = components["schemas"]["SeriesPoint"];

/** Uploads are null if they are unknown. */
export type ObservedPoint = Omit<SeriesPoint, "uploads"> & { uploads: number | null };

/**
 * The points of a channel: the API counts 0 uploads on days that were not observed. They are null
 * before the first and after the last point of which anything is known.
 */
export function observedPoints(
  points: SeriesPoint[],
  lastDay: string,
  unit: TimeUnit,
): ObservedPoint[] {
  const hasCounts = ({ subscribers, views }: SeriesPoint) => subscribers != null || views != null;
  const isKnown = (point: SeriesPoint) => hasCounts(point) || point.uploads > 0;
  const first = points.findIndex(isKnown);
  // Without counts of the channel, only its uploads are observed.
  const last = points.some(hasCounts)
    ? points.findLastIndex(isKnown)
    : points.findLastIndex(({ date }) => date <= lastDay);
  return markIncomplete(points, lastDay, unit).map((point, index) => ({
    ...point,
    uploads: first >= 0 && first <= index && index <= last ? point.uploads : null,
  }));
}

type SeriesOptions<T> = Pick<Series, "name" | "tone"> & {
  /** The name of the line of the period before; without one, there is no such line. */
  previousName: string | undefined;
  period: Period;
  unit: TimeUnit;
  read: (point: T) => number | null | undefined;
};

/** The line of a period, and that of the period before at the same dates. */
export function periodSeries<T extends { date: string; is_complete: boolean }>(
  points: T[],
  { name, previousName, tone, period, unit, read }: SeriesOptions<T>,
): Series[] {
  const { current, previous, shift } = splitPeriods(points, period, unit);
  const toPoints = (part: T[], days = 0) =>
    part.map((point) => ({ date: addDays(point.date, days), value: read(point) ?? null }));
  const incompleteFrom = current.find((point) => !point.is_complete)?.date;
  const series: Series[] = [{ name, tone, points: toPoints(current), incompleteFrom }];
  if (previousName !== undefined) {
    const points = toPoints(previous, shift);
    series.unshift({ name: previousName, tone, points, isPrevious: true, shift });
  }
  return series;
}

export type Change = {
  current: number;
  previous: number;
  /** The days or weeks that are complete and known in both periods. */
  count: number;
};

/**
 * Compares a line with the period before, at the same dates, by the sums or by the last values; undefined if no value is known in both.
 */
export function changeBetween(
  { points, incompleteFrom }: Series,
  previous: Point[],
  isSum: boolean,
): Change | undefined {
  const before = new Map(previous.map(({ date, value }) => [date, value]));
  const pairs = points.flatMap(({ date, value }): [number, number][] => {
    const other = before.get(date);
    const isComplete = incompleteFrom === undefined || date < incompleteFrom;
    return isComplete && value !== null && other != null ? [[value, other]] : [];
  });
  const last = pairs.at(-1);
  if (!last) return undefined;
  const sum = (position: 0 | 1) => pairs.reduce((total, pair) => total + pair[position], 0);
  const [a, b] = isSum ? [sum(0), sum(1)] : last;
  return { current: a, previous: b, count: pairs.length };
}
