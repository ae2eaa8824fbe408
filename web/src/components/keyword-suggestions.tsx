import { apiQuery } from "../api/query";
import { fetchJson } from "../api/client";
import type { components } from "../api/schema";
import { useQuery } from "../api/use-query";
import { distinctKeywords, MAX_KEYWORD_LENGTH } from "../format/keywords";
import { useTranslations } from "../i18n";
import { KeywordChips } from "./keyword-chips";
import { useDebounced } from "./use-debounced";

/** The lists of the home page. */
export const TOP_KEYWORDS = apiQuery("/api/channel_analyze/", { query: { spellings: "merged" } });

/** The keywords of the home page; empty while loading and if the request failed. */
export function useTopKeywords(): string[] {
  const { data } = useQuery(TOP_KEYWORDS);
  return distinctKeywords(data?.flatMap((list) => list.keyword) ?? []).map(({ name }) => name);
}

const MAX_SUGGESTIONS = 6;
/** Delay after the last key press, in milliseconds. */
const DEBOUNCE = 150;

/** Of the request after Enter, in milliseconds. */
const TIMEOUT = 1_000;

type Suggestions = components["schemas"]["SuggestResponse"];
type Suggestion = Suggestions["results"][number];

function suggestionsQuery(q: string) {
  return apiQuery("/api/keywords/suggest/", { query: { q, limit: MAX_SUGGESTIONS } });
}

/** Letters, which may have been typed with the other keyboard layout. */
const LETTERS = /^[a-zㄱ-ㅣ]+$/i;

/** The keyword that a text means if it was typed with the other layout, otherwise the text. */
export async function keywordOfLayout(text: string): Promise<string> {
  if (!LETTERS.test(text)) return text;
  try {
    const { url } = suggestionsQuery(text);
    const { data } = await fetchJson<Suggestions>(url, { signal: AbortSignal.timeout(TIMEOUT) });
    const [first] = data.results;
    return first?.matched === "layout" ? first.keyword : text;
  } catch {
    return text;
  }
}

/** Suggestions for incomplete text; the previous ones while new ones load. */
export function useKeywordSuggestions(text: string): Suggestion[] {
  const q = useDebounced(text, DEBOUNCE);
  const isValid = q !== "" && Array.from(q).length <= MAX_KEYWORD_LENGTH;
  const { data } = useQuery(isValid ? suggestionsQuery(q) : null, { keepPreviousData: true });
  return isValid && data ? data.results : [];
}

/** Links to the top keywords, for pages without a result. */
export function KeywordSuggestions() {
  const { keyword: t } = useTranslations();
  const names = useTopKeywords();
  return (
    <div class="start-chips">
      {names.length > 0 && <KeywordChips label={t.trending} keywords={names} hasTitle />}
    </div>
  );
}
