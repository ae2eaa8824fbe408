import { EmptyState } from "../../components/empty-state";
import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { WatchButton } from "../../components/watch-button";
import { isSetting, MAX_KEYWORD_LENGTH } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { parseFilters } from "../videos/video-filters";
import { PlanVideoLink } from "./keyword-outliers";
import { KeywordResults } from "./keyword-results";
import { usePlanTimes } from "./use-plan-times";

export function KeywordPage() {
  const { keyword: t, rising, search } = useTranslations();
  const { params } = useLocation();
  const keyword = params.get("q")?.trim() ?? "";
  const { subscribers, category } = parseFilters(params);
  const profile = { subscribers, category };
  const invalid = invalidReason(keyword);
  const isValid = keyword !== "" && invalid === undefined;
  const times = usePlanTimes(isValid ? keyword : null, category);
  return (
    <Page
      title={keyword || t.title}
      heading={keyword || t.title}
      description={t.description}
      actions={
        <>
          <a class="button button-quiet" href={urls.rising(profile)}>
            {rising.rising}
          </a>
          {isValid && <WatchButton kind="keyword" target={keyword} />}
          {isValid && <PlanVideoLink keyword={keyword} profile={profile} times={times} />}
        </>
      }
    >
      <SearchForm
        value={keyword}
        label={search.keyword}
        hasSuggestions
        placeholder={search.placeholder}
        onSearch={(text) => navigate(urls.keyword(text, profile))}
        class="page-search"
      />
      {isValid ? (
        <KeywordResults key={keyword} keyword={keyword} profile={profile} times={times} />
      ) : (
        <EmptyState
          title={invalid ? t[invalid] : t.start}
          description={invalid ? t[`${invalid}Description`] : t.startDescription}
        >
          <KeywordSuggestions />
        </EmptyState>
      )}
    </Page>
  );
}

/** Why the API rejects a keyword; undefined if it does not. */
function invalidReason(keyword: string): "tooLong" | "setting" | undefined {
  if (isSetting(keyword)) return "setting";
  return Array.from(keyword).length > MAX_KEYWORD_LENGTH ? "tooLong" : undefined;
}
