import { EmptyState } from "../../components/empty-state";
import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { WatchButton } from "../../components/watch-button";
import { MAX_KEYWORD_LENGTH } from "../../format/keywords";
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
  const isValid = keyword !== "" && Array.from(keyword).length <= MAX_KEYWORD_LENGTH;
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
          title={keyword ? t.tooLong : t.start}
          description={keyword ? t.tooLongDescription : t.startDescription}
        >
          <KeywordSuggestions />
        </EmptyState>
      )}
    </Page>
  );
}
