import type { Period } from "../../charts/period";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The period that the address names, if it does. */
export function periodOf(query: URLSearchParams): Period | undefined {
  const [start, end] = [query.get("start"), query.get("end")];
  if (!start || !end || !DAY.test(start) || !DAY.test(end)) return undefined;
  return { start, end };
}
