export type Tone = "popular" | "made" | "plain" | "a" | "b";

export type Point = { date: string; value: number };

export type Interval = { date: string; low: number; high: number };

export type Series = {
  name: string;
  tone: Tone;
  points: Point[];
  /** Prediction interval, drawn as a band. */
  intervals?: Interval[] | undefined;
};

/** The distinct dates of all series in ascending order. */
export function datesOf(series: Series[]): string[] {
  const dates = series.flatMap(({ points }) => points.map((point) => point.date));
  return [...new Set(dates)].sort();
}
