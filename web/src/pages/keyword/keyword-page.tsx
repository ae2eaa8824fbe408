import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { useWords } from "../../i18n/words";
import { Icon } from "../../parts/icon";
import { Page } from "../../parts/page";
import { SearchForm } from "../../parts/search-form";
import { to } from "../../router/addresses";
import { go, usePlace } from "../../router/location";
import { Found } from "./found";
import { Start } from "./start";

/** What is made with a keyword, what it is used with, how it moves. */
export function KeywordPage() {
  const words = useWords();
  const q = usePlace().query.get("q")?.trim() ?? "";
  const loaded = useApi(q ? query("/api/keyword_search/", { query: { search: q } }) : null);
  return (
    <Page
      title={q || words.keyword.title}
      name={q || words.keyword.title}
      about={words.keyword.about}
      actions={
        q && (
          <a class="button button-quiet" href={to.predict({ q })}>
            {words.keyword.ideas}
            <Icon name="arrow" />
          </a>
        )
      }
    >
      <SearchForm
        value={q}
        label={words.search.keyword}
        placeholder={words.search.placeholder}
        search={(text) => go(to.keyword(text))}
        class="page-search"
      />
      {q ? <Found key={q} keyword={q} loaded={loaded} /> : <Start />}
    </Page>
  );
}
