import type { components } from "../api/schema";
import { daysBetween, formatDate, today } from "../format/dates";
import { nameOf, useLanguage, useTranslations } from "../i18n";

type Video = Pick<components["schemas"]["VideoFacts"], "upload_time" | "length" | "category">;

/** Returns a function for the upload date, the length and the category of a video. */
export function useVideoFacts(): (video: Video) => string[] {
  const { categories, filters, ranking: t } = useTranslations();
  const language = useLanguage();
  return ({ upload_time: uploaded, length, category }) =>
    [
      uploaded == null
        ? undefined
        : t.uploaded(formatDate(uploaded, language), daysBetween(uploaded, today())),
      length === "shorts" || length === "long" ? filters[length] : undefined,
      category == null ? undefined : nameOf(categories, category),
    ].filter((fact) => fact !== undefined);
}
