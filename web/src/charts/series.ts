import { addDays } from "../format/dates";

export type Tone = "popular" | "recent" | "plain" | "a" | "b" | "c" | "d" | "e";

/** The colors and the font of a theme. */
export type Palette = Record<Tone, string> & Record<"text" | "line" | "surface" | "font", string>;

/** `value` is null on a day without a known value. */
export type Point = { date: string; value: number | null };

export type PredictionInterval = { date: string; low: number; high: number };

export type Series = {
  name: string;
  tone: Tone;
  points: Point[];
  /** Drawn as a band. */
  intervals?: PredictionInterval[] | null | undefined;
  /** From this date on, values are incomplete. */
  incompleteFrom?: string | undefined;
  /** The period before, drawn dashed and lighter. */
  isPrevious?: boolean;
  /** The days by which the dates of the points were moved, so that two periods share an axis. */
  shift?: number;
};

/** The distinct dates of all series in ascending order. */
export function datesOf(series: Series[]): string[] {
  const dates = series.flatMap(({ points }) => points.map((point) => point.date));
  return [...new Set(dates)].sort();
}

/** The dates from the first one with a value. */
export function knownDatesOf(series: Series[]): string[] {
  const first = series
    .flatMap(({ points }) => points.find(({ value }) => value !== null)?.date ?? [])
    .sort()[0];
  return datesOf(series).filter((date) => first === undefined || date >= first);
}

/** Whether the value of a date is incomplete. */
export function isIncomplete({ incompleteFrom }: Series, date: string): boolean {
  return incompleteFrom !== undefined && date >= incompleteFrom;
}

/** The last observation of each day. */
export function latestOfDay(points: { date: string; value: number }[]): Point[] {
  return [...new Map(points.map((point) => [point.date, point])).values()];
}

/** The full days of a trend, defined by the API. Today follows them. */
export const TREND_DAYS = 8;

/**
 * A point per day, from the start of the API's window, which ends `today`, to the last observed
 * day. A day without uploads has 0 uploads, and no popularity; the API omits it or returns 0.
 */
export function trendPoints(
  tone: "popular" | "recent",
  points: { date: string; value: number }[],
  { today, lastDay }: { today: string; lastDay: string },
): Point[] {
  const values = new Map(points.map(({ date, value }) => [date, value]));
  const [first, last] = [points[0]?.date, points.at(-1)?.date];
  if (first === undefined || last === undefined) return [];
  const start = addDays(today, -TREND_DAYS);
  const end = last > lastDay ? last : lastDay;
  const days: Point[] = [];
  for (let date = first < start ? first : start; date <= end; date = addDays(date, 1)) {
    const value = values.get(date) ?? 0;
    days.push({ date, value: tone === "popular" && value === 0 ? null : value });
  }
  return days;
}
