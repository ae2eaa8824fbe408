import { Icon } from "../../components/icon";
import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Notice } from "../../components/notice";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { KeywordResults } from "./keyword-results";

/** The maximum length that the API accepts, in characters. */
const MAX_LENGTH = 100;

export function KeywordPage() {
  const { keyword: t, rising, search } = useTranslations();
  const keyword = useLocation().params.get("q")?.trim() ?? "";
  return (
    <Page
      title={keyword || t.title}
      heading={keyword || t.title}
      description={t.description}
      actions={
        <>
          <a class="button button-quiet" href={urls.rising()}>
            {rising.rising}
          </a>
          {keyword && (
            <a class="button button-quiet" href={urls.predict({ q: keyword })}>
              {t.ideas}
              <Icon name="arrow" />
            </a>
          )}
        </>
      }
    >
      <SearchForm
        value={keyword}
        label={search.keyword}
        placeholder={search.placeholder}
        onSearch={(text) => navigate(urls.keyword(text))}
        class="page-search"
      />
      {Array.from(keyword).length > MAX_LENGTH ? (
        <Notice title={t.tooLong} description={t.tooLongDescription}>
          <KeywordSuggestions />
        </Notice>
      ) : keyword ? (
        <KeywordResults key={keyword} keyword={keyword} />
      ) : (
        <Notice title={t.start} description={t.startDescription}>
          <KeywordSuggestions />
        </Notice>
      )}
    </Page>
  );
}
