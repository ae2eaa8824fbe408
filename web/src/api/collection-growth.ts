import { apiQuery } from "./query";
import { useQuery } from "./use-query";

/** The windows before, whose channels the API adds up. */
const PREVIOUS_WINDOWS = 4;
/** More active channels than this ratio are newly collected ones. */
const MAX_RATIO = 1.25;

/**
 * Whether clearly more channels are collected than before. Then the counts of a keyword rise by this
 * alone, and are not comparable with those of `days` before.
 */
export function useHasCollectionGrown(days: number): boolean {
  const window = days <= 7 ? 7 : days <= 14 ? 14 : 28;
  const { data } = useQuery(apiQuery("/api/trends/rising/", { query: { days: window } }));
  if (!data) return false;
  const previous = data.previous_active_channels / PREVIOUS_WINDOWS;
  return data.active_channels > previous * MAX_RATIO;
}
