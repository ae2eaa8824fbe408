import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Icon } from "../../components/icon";
import { KeywordChips } from "../../components/keyword-chips";
import { Notice } from "../../components/notice";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { distinctKeywords } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { KeywordResults } from "./keyword-results";

/** The maximum length that the API accepts, in characters. */
const MAX_LENGTH = 100;

export function KeywordPage() {
  const { keyword: t, search } = useTranslations();
  const keyword = useLocation().params.get("q")?.trim() ?? "";
  return (
    <Page
      title={keyword || t.title}
      heading={keyword || t.title}
      description={t.description}
      actions={
        keyword && (
          <a class="button button-quiet" href={urls.predict({ q: keyword })}>
            {t.ideas}
            <Icon name="arrow" />
          </a>
        )
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
        <Notice title={t.tooLong} description={t.tooLongDescription} />
      ) : keyword ? (
        <KeywordResults key={keyword} keyword={keyword} />
      ) : (
        <KeywordSuggestions />
      )}
    </Page>
  );
}

/** Suggests the top keywords before a search. */
function KeywordSuggestions() {
  const { keyword: t } = useTranslations();
  const { data } = useQuery(apiQuery("/api/channel_analyze/", {}));
  const keywords = distinctKeywords(data?.flatMap((list) => list.keyword) ?? []);
  return (
    <Notice title={t.start} description={t.startDescription}>
      <div class="start-chips">
        {keywords.length > 0 && (
          <KeywordChips label={t.trending} keywords={keywords.map(({ name }) => name)} />
        )}
      </div>
    </Notice>
  );
}
