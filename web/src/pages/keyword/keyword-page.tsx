import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Notice } from "../../components/notice";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { WatchButton } from "../../components/watch-button";
import { MAX_KEYWORD_LENGTH } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { parseFilters } from "../videos/video-filters";
import { PlanLink } from "./keyword-plan";
import { KeywordResults } from "./keyword-results";

export function KeywordPage() {
  const { keyword: t, rising, search } = useTranslations();
  const { params } = useLocation();
  const keyword = params.get("q")?.trim() ?? "";
  const { subscribers, category } = parseFilters(params);
  const plan = { subscribers, category };
  const isValid = keyword !== "" && Array.from(keyword).length <= MAX_KEYWORD_LENGTH;
  return (
    <Page
      title={keyword || t.title}
      heading={keyword || t.title}
      description={t.description}
      actions={
        <>
          <a class="button button-quiet" href={urls.rising(plan)}>
            {rising.rising}
          </a>
          {isValid && <WatchButton kind="keyword" target={keyword} />}
          {isValid && <PlanLink keyword={keyword} plan={plan} />}
        </>
      }
    >
      <SearchForm
        value={keyword}
        label={search.keyword}
        hasSuggestions
        placeholder={search.placeholder}
        onSearch={(text) => navigate(urls.keyword(text, plan))}
        class="page-search"
      />
      {isValid ? (
        <KeywordResults key={keyword} keyword={keyword} plan={plan} />
      ) : (
        <Notice
          title={keyword ? t.tooLong : t.start}
          description={keyword ? t.tooLongDescription : t.startDescription}
        >
          <KeywordSuggestions />
        </Notice>
      )}
    </Page>
  );
}
