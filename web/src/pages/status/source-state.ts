import type { Freshness } from "../../api/freshness";

type Source = Freshness["sources"][number];

/** The ages of the newest observation, in hours. */
export const LIMITS = {
  /** Collects all the time; `createtrend doctor` has the same limit. */
  collector: { late: 3, stopped: 24 },
  /** Imports and demo data. */
  other: { late: 48, stopped: 168 },
};

const HOUR = 3_600_000;
/** Clocks of computers may differ by this, in milliseconds. */
const CLOCK_TOLERANCE = 600_000;

export type SourceState = "fresh" | "late" | "stopped" | "future";

export function isFuture(instant: string, now: number): boolean {
  return Date.parse(instant) > now + CLOCK_TOLERANCE;
}

/** How current a source is; undefined without an observation. */
export function sourceState(
  { name, newest_observation: newest }: Pick<Source, "name" | "newest_observation">,
  now: number,
): SourceState | undefined {
  if (!newest) return undefined;
  if (isFuture(newest, now)) return "future";
  const hours = (now - Date.parse(newest)) / HOUR;
  const { late, stopped } = LIMITS[name === "collector" ? "collector" : "other"];
  return hours > stopped ? "stopped" : hours > late ? "late" : "fresh";
}
