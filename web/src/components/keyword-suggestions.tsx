import { apiQuery } from "../api/query";
import type { components } from "../api/schema";
import { useQuery } from "../api/use-query";
import { distinctKeywords, MAX_KEYWORD_LENGTH } from "../format/keywords";
import { useTranslations } from "../i18n";
import { KeywordChips } from "./keyword-chips";
import { useDebounced } from "./use-debounced";

/** The keywords of the home page; empty while loading and if the request failed. */
export function useTopKeywords(): string[] {
  const { data } = useQuery(apiQuery("/api/channel_analyze/", {}));
  return distinctKeywords(data?.flatMap((list) => list.keyword) ?? []).map(({ name }) => name);
}

const MAX_SUGGESTIONS = 6;
/** Delay after the last key press, in milliseconds. */
const DEBOUNCE = 150;

type Suggestion = components["schemas"]["SuggestedKeyword"];

/** Suggestions for incomplete text; the previous ones while new ones load. */
export function useKeywordSuggestions(text: string): Suggestion[] {
  const q = useDebounced(text, DEBOUNCE);
  const query = { q, limit: MAX_SUGGESTIONS };
  const isValid = q !== "" && Array.from(q).length <= MAX_KEYWORD_LENGTH;
  const { data } = useQuery(isValid ? apiQuery("/api/keywords/suggest/", { query }) : null, {
    keepPreviousData: true,
  });
  return isValid && data ? data.results : [];
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
