import { apiQuery } from "./query";
import type { components } from "./schema";
import { useQuery } from "./use-query";

/** The windows before, whose channels the API adds up. */
const PREVIOUS_WINDOWS = 4;
/** More active channels than this ratio are newly collected ones. */
const MAX_RATIO = 1.25;

type Counts = Pick<
  components["schemas"]["KeywordListResponse"],
  "active_channels" | "previous_active_channels"
>;

/** The mean number of channels in the windows before. */
export function previousChannels({ previous_active_channels: previous }: Counts): number {
  return previous / PREVIOUS_WINDOWS;
}

/** Whether clearly more channels are active than in the windows before. */
export function hasCollectionGrown(counts: Counts): boolean {
  return counts.active_channels > previousChannels(counts) * MAX_RATIO;
}

/**
 * Whether clearly more channels are collected than before. Then the counts of a keyword rise by this
 * alone, and are not comparable with those of `days` before.
 */
export function useHasCollectionGrown(days: number): boolean {
  const window = days <= 7 ? 7 : days <= 14 ? 14 : 28;
  const { data } = useQuery(apiQuery("/api/trends/rising/", { query: { days: window } }));
  return data !== undefined && hasCollectionGrown(data);
}
