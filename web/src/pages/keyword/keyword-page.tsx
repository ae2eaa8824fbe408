import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { EmptyState } from "../../components/empty-state";
import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { WatchButton } from "../../components/watch-button";
import {
  channelNameOf,
  isAddress,
  isSetting,
  MAX_KEYWORD_LENGTH,
  searchedText,
} from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { DEFAULT_WINDOW, urls, WINDOWS } from "../../router/urls";
import { parseFilters } from "../videos/video-filters";
import { PlanVideoLink } from "./keyword-outliers";
import { isEmptySearch, KeywordResults } from "./keyword-results";
import { usePlanTimes } from "./use-plan-times";

export function KeywordPage() {
  const { channels, keyword: t, rising, search: labels } = useTranslations();
  const { params } = useLocation();
  const keyword = searchedText(params.get("q") ?? "");
  const { subscribers, category, length } = parseFilters(params);
  const profile = { subscribers, category };
  const days = WINDOWS.find((window) => String(window) === params.get("window")) ?? DEFAULT_WINDOW;
  const filters = { ...profile, length, days };
  const invalid = invalidReason(keyword);
  const channel = channelNameOf(keyword);
  const isValid = keyword !== "" && invalid === undefined;
  const search = { query: { search: keyword } };
  const result = useQuery(isValid ? apiQuery("/api/keyword_search/", search) : null);
  const isFound = isValid && !(result.data && isEmptySearch(result.data));
  const times = usePlanTimes(isValid ? keyword : null, category);
  return (
    <Page
      title={keyword || t.title}
      heading={keyword || t.title}
      description={t.description}
      actions={
        <>
          <a class="button button-quiet" href={urls.rising(filters)}>
            {rising.rising}
          </a>
          {isFound && <WatchButton kind="keyword" target={keyword} />}
          {isFound && <PlanVideoLink keyword={keyword} profile={profile} times={times} />}
        </>
      }
    >
      <SearchForm
        value={keyword}
        label={labels.keyword}
        hasSuggestions
        placeholder={labels.placeholder}
        onSearch={(text) => navigate(urls.keyword(text, filters))}
        class="page-search"
      />
      {isValid ? (
        <KeywordResults
          key={keyword}
          keyword={keyword}
          result={result}
          filters={filters}
          times={times}
        />
      ) : (
        <EmptyState
          title={invalid ? t[invalid] : t.start}
          description={invalid ? t[`${invalid}Description`] : t.startDescription}
        >
          <KeywordSuggestions />
          {invalid === "address" && channel && (
            <a class="button button-quiet" href={urls.channels(channel)}>
              {channels.findByName(channel)}
            </a>
          )}
        </EmptyState>
      )}
    </Page>
  );
}

/** Why the API rejects a keyword, or why it finds nothing; undefined otherwise. */
function invalidReason(keyword: string): "tooLong" | "setting" | "address" | undefined {
  if (isAddress(keyword)) return "address";
  if (isSetting(keyword)) return "setting";
  return Array.from(keyword).length > MAX_KEYWORD_LENGTH ? "tooLong" : undefined;
}
