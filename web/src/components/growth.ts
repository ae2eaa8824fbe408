import type { components } from "../api/schema";
import { formatRatio } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";

type Row = Pick<components["schemas"]["RankedKeyword"], "rate_ratio" | "previous_channels">;

/** Whether no channel used a keyword before: then a ratio means nothing. */
export function isNew({ previous_channels: previous }: Row): boolean {
  return previous === 0;
}

/** Returns a function for the growth of a keyword; null if it is unknown. */
export function useGrowthText(): (row: Row) => string | null {
  const { rising: t } = useTranslations();
  const language = useLanguage();
  return (row) => {
    if (isNew(row)) return t.new;
    // More decimals of an estimate would be false precision.
    const ratio = row.rate_ratio == null ? null : Math.round(row.rate_ratio * 10) / 10;
    return ratio === null ? null : formatRatio(ratio, language);
  };
}
