import { withQuery } from "../api/query";

export type KeywordListType = "popular" | "recent";

/** Why a page opens the login form. */
export type LoginReason = "watchlist";

type LoginParams = {
  /** The URL to return to. */
  next?: string | undefined;
  mode?: "register" | undefined;
  reason?: LoginReason | undefined;
};

/** A date and an hour in Seoul. */
export type UploadTime = { date: string; hour: number };

/** The windows of the API, in days. */
export const WINDOWS = [7, 14, 28, 90] as const;

export type WindowDays = (typeof WINDOWS)[number];

/** The window of the lists of keywords. */
export const DEFAULT_WINDOW = 7;

/** Filters of lists of videos, `category` is YouTube's number. */
export type VideoFilters = {
  days?: WindowDays | undefined;
  category?: number | undefined;
  length?: "shorts" | "long" | undefined;
  /** Lists channels of a similar size. */
  subscribers?: number | undefined;
  page?: number | undefined;
  /** Cards, or a table. */
  view?: "table" | undefined;
};

/** The URL of a list; the defaults of the API are omitted. */
function listUrl(path: string, { days, page, ...filters }: VideoFilters, defaultDays = 28): string {
  const changed = {
    days: days === defaultDays ? undefined : days,
    page: page === 1 ? undefined : page,
  };
  return withQuery(path, { ...filters, ...changed });
}

/** A URL with changed parameters; undefined removes one. */
export function withParams(
  path: string,
  params: URLSearchParams,
  changes: Record<string, string | string[] | undefined>,
): string {
  const names = [...new Set([...params.keys(), ...Object.keys(changes)])];
  const value = (name: string) => (name in changes ? changes[name] : params.getAll(name));
  return withQuery(path, Object.fromEntries(names.map((name) => [name, value(name)])));
}

/** The URL of each page. */
export const urls = {
  /** Keeps the category of the form. */
  home: (list?: KeywordListType, keyword?: string, params = new URLSearchParams()) =>
    withParams("/", params, { list, keyword }),
  /**
   * Keeps the filters of a list: the size and the category of the channel for which a video is
   * planned, and the length and the window of its figures.
   */
  keyword: (q?: string, { subscribers, category, length, days }: VideoFilters = {}) =>
    withQuery("/keyword", {
      q,
      subscribers,
      category,
      length,
      window: days === DEFAULT_WINDOW ? undefined : days,
    }),
  channels: (name?: string, page?: number) =>
    withQuery("/channels", { name, page: page === 1 ? undefined : page }),
  channel: (idx: number) => `/channels/${idx}`,
  rising: (filters: VideoFilters = {}) => listUrl("/rising", filters, DEFAULT_WINDOW),
  large: (filters: VideoFilters = {}) => listUrl("/large", filters, DEFAULT_WINDOW),
  outliers: (filters: VideoFilters = {}) => listUrl("/outliers", filters),
  videoChart: ({ category, length, page, view }: VideoFilters = {}) =>
    listUrl("/chart", { category, length, page, view }),
  /** Keeps the period and the metric of a comparison. */
  compare: (channels: number[], params = new URLSearchParams()) =>
    withParams("/compare", params, { channel: channels.map(String) }),
  video: (idx: number) => `/videos/${idx}`,
  predict: () => "/predict",
  /**
   * Searches recommendations for a keyword and fills in the drafts: both with the channel and the
   * upload time, the first one with a title too.
   */
  plan: (keyword: string, { subscribers, category }: VideoFilters = {}, time?: UploadTime) =>
    withQuery("/predict", { q: keyword, subscribers, category, ...time, a_title: keyword }),
  /** `week` is a week of ISO 8601, such as 2026-W48. */
  watchlist: (week?: string) => withQuery("/watchlist", { week }),
  status: () => "/status",
  account: ({ next, mode, reason }: LoginParams = {}) =>
    withQuery("/account", { mode, next, reason }),
};
