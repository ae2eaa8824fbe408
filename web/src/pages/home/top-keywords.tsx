import type { components } from "../../api/schema";
import { Card } from "../../components/card";
import { KeywordList } from "../../components/keyword-list";
import { useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { urls, type KeywordListType } from "../../router/urls";

export type List = components["schemas"]["KeywordList"];

export type Selected = { list: KeywordListType; keyword: string };

/** The values of `type` and `search` in the API. */
export const API_LIST_TYPE = { popular: "인기", recent: "영상화" } as const;

/** The keyword in the URL, by default the first of its list; undefined if that is empty. */
export function selectedKeyword(lists: List[], params: URLSearchParams): Selected | undefined {
  // `made` is the former name, which bookmarks contain.
  const isRecent = ["recent", "made"].includes(params.get("list") ?? "");
  const list = isRecent ? "recent" : "popular";
  const keyword = params.get("keyword") ?? keywordsOf(lists, list)[0]?.name;
  return keyword ? { list, keyword } : undefined;
}

function keywordsOf(lists: List[], list: KeywordListType): List["keyword"] {
  return lists.find(({ type }) => type === API_LIST_TYPE[list])?.keyword ?? [];
}

export function TopKeywords({ lists, selected }: { lists: List[]; selected: Selected }) {
  const { home } = useTranslations();
  const { params } = useLocation();
  return (
    <div class="home-lists">
      {(["popular", "recent"] as const).map((list) => (
        <Card
          key={list}
          title={home[list]}
          description={home[`${list}Description`]}
          class={`list-${list}`}
        >
          <KeywordList
            keywords={keywordsOf(lists, list)}
            tone={list}
            href={(name) => urls.home(list, name, params)}
            selected={list === selected.list ? selected.keyword : undefined}
          />
        </Card>
      ))}
    </div>
  );
}
