import type { components } from "../../api/schema";
import type { TopList } from "../../router/addresses";

type List = components["schemas"]["KeywordList"];

/** A keyword of one of the two lists. */
export type Chosen = { list: TopList; keyword: string };

/** What the API calls the lists. */
export const API_NAME = { popular: "인기", made: "영상화" } as const;

/** The keyword that the address names, or the first of the first list. */
export function chosenOf(lists: List[], asked: URLSearchParams): Chosen | undefined {
  const list = asked.get("list") === "made" ? "made" : "popular";
  const keyword = asked.get("keyword") ?? listOf(lists, list)[0]?.name;
  return keyword ? { list, keyword } : undefined;
}

export function listOf(lists: List[], list: TopList): List["keyword"] {
  return lists.find((one) => one.type === API_NAME[list])?.keyword ?? [];
}
