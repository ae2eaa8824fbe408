/** The address of every page, in one place. */
export type TopList = "popular" | "made";

function address(path: string, query: Record<string, string | number | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export const to = {
  home: (list?: TopList, keyword?: string) => address("/", { list, keyword }),
  keyword: (q?: string) => address("/keyword", { q }),
  channels: (name?: string, page?: number) =>
    address("/channels", { name, page: page === 1 ? undefined : page }),
  channel: (idx: number, start?: string, end?: string) =>
    address(`/channels/${idx}`, { start, end }),
  video: (idx: number) => address(`/videos/${idx}`),
  predict: (ideas?: { q?: string; must?: string; not?: string }) => address("/predict", ideas),
  account: (next?: string) => address("/account", { next }),
};
