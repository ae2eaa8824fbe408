import { Icon } from "../../components/icon";
import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Notice } from "../../components/notice";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { WatchButton } from "../../components/watch-button";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { parseFilters } from "../videos/video-filters";
import { KeywordResults } from "./keyword-results";

/** The maximum length that the API accepts, in characters. */
const MAX_LENGTH = 100;

export function KeywordPage() {
  const { keyword: t, rising, search } = useTranslations();
  const { params } = useLocation();
  const keyword = params.get("q")?.trim() ?? "";
  const { subscribers, category } = parseFilters(params);
  const plan = { subscribers, category };
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
          {keyword && <WatchButton kind="keyword" target={keyword} />}
          {keyword && (
            <a class="button" href={urls.predict({ q: keyword, ...plan })}>
              {t.planVideo}
              <Icon name="arrow" />
            </a>
          )}
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
      {Array.from(keyword).length > MAX_LENGTH ? (
        <Notice title={t.tooLong} description={t.tooLongDescription}>
          <KeywordSuggestions />
        </Notice>
      ) : keyword ? (
        <KeywordResults key={keyword} keyword={keyword} plan={plan} />
      ) : (
        <Notice title={t.start} description={t.startDescription}>
          <KeywordSuggestions />
        </Notice>
      )}
    </Page>
  );
}
