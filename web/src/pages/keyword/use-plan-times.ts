import type { components } from "../../api/schema";
import type { QueryResult } from "../../api/use-query";
import { hasKnownHours, useBestTimes } from "../../components/best-times";
import { nameOf, useTranslations } from "../../i18n";

export type PlanTimes = {
  result: QueryResult<components["schemas"]["BestTimesResponse"]>;
  /** The keyword, or the name of the category. */
  subject: string | undefined;
};

/**
 * The best times for a video with a keyword, or those of a category if too few videos have the
 * keyword; undefined if neither are known. If the requests fail, the one that failed.
 */
export function usePlanTimes(
  keyword: string | null,
  category: number | undefined,
): PlanTimes | undefined {
  const { categories } = useTranslations();
  const ofKeyword = useBestTimes(keyword === null ? null : { keyword });
  const isKnown = ofKeyword.data !== undefined && hasKnownHours(ofKeyword.data);
  const isUnknown = ofKeyword.data !== undefined && !isKnown;
  const ofCategory = useBestTimes(isUnknown && category !== undefined ? { category } : null);
  const hasFailed = ofKeyword.data === undefined && ofKeyword.error !== undefined;
  if (keyword !== null && (isKnown || hasFailed)) return { result: ofKeyword, subject: keyword };
  const isShown = ofCategory.data ? hasKnownHours(ofCategory.data) : ofCategory.error !== undefined;
  if (category !== undefined && isShown) {
    return { result: ofCategory, subject: nameOf(categories, category) };
  }
  return undefined;
}
