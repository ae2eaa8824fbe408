import { apiQuery } from "../api/query";
import { useQuery } from "../api/use-query";
import { distinctKeywords } from "../format/keywords";
import { useTranslations } from "../i18n";
import { KeywordChips } from "./keyword-chips";

/** The keywords of the home page; empty while loading and if the request failed. */
export function useTopKeywords(): string[] {
  const { data } = useQuery(apiQuery("/api/channel_analyze/", {}));
  return distinctKeywords(data?.flatMap((list) => list.keyword) ?? []).map(({ name }) => name);
}

/** Links to the top keywords, for pages without a result. */
export function KeywordSuggestions() {
  const { keyword: t } = useTranslations();
  const names = useTopKeywords();
  return (
    <div class="start-chips">
      {names.length > 0 && <KeywordChips label={t.trending} keywords={names} />}
    </div>
  );
}
