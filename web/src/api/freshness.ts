import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { seoulDay, today } from "../format/dates";
import { apiQuery } from "./query";
import type { components } from "./schema";

export type Freshness = components["schemas"]["FreshnessResponse"];

export const FRESHNESS_QUERY = apiQuery("/api/status/freshness/", {});

/** Undefined while loading and if the request failed. */
export const FreshnessContext = createContext<Freshness | undefined>(undefined);

export function useFreshness(): Freshness | undefined {
  return useContext(FreshnessContext);
}

/** The Seoul day of the newest observation, of which not everything has been observed yet. */
export function useIncompleteDay(): string {
  const newest = useFreshness()?.newest_observation;
  const now = today();
  if (!newest) return now;
  const day = seoulDay(newest);
  return day < now ? day : now;
}
