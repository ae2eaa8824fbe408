import { withQuery } from "../api/query";

export type KeywordListType = "popular" | "made";

/** `mode` shows the fields of the advanced search. */
export type IdeaSearchParams = { q?: string; must?: string; not?: string; mode?: "advanced" };

/** The URL of each page. */
export const urls = {
  home: (list?: KeywordListType, keyword?: string) => withQuery("/", { list, keyword }),
  keyword: (q?: string) => withQuery("/keyword", { q }),
  channels: (name?: string, page?: number) =>
    withQuery("/channels", { name, page: page === 1 ? undefined : page }),
  channel: (idx: number, start?: string, end?: string) =>
    withQuery(`/channels/${idx}`, { start, end }),
  video: (idx: number) => withQuery(`/videos/${idx}`),
  predict: (ideas?: IdeaSearchParams) => withQuery("/predict", ideas),
  status: () => "/status",
  account: (next?: string, mode?: "register") => withQuery("/account", { mode, next }),
};
