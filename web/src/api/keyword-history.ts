import { apiQuery } from "./query";

/** The days of an uploads chart and of the figures of a keyword, the default of the API. */
const DAYS = 28;

/** The last days of a keyword. All cards use this request, so that their counts agree. */
export function keywordHistoryQuery(keyword: string) {
  return apiQuery("/api/keywords/history/", {
    query: { keyword: [keyword], days: DAYS, unit: "day" },
  });
}
