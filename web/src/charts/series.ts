/** What a chart shows, whatever draws it. */
export type Tone = "popular" | "made" | "plain" | "a" | "b";

export type Point = { date: string; value: number };

export type Band = { date: string; low: number; high: number };

export type Series = {
  name: string;
  tone: Tone;
  points: Point[];
  /** Where it may lie: drawn as an area. */
  band?: Band[] | undefined;
};

/** All days of all series, each once, in order. */
export function daysOf(series: Series[]): string[] {
  const days = series.flatMap((one) => one.points.map((point) => point.date));
  return [...new Set(days)].sort();
}
