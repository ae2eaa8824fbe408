/** The maximum length of a search that the API accepts, in characters. */
export const MAX_KEYWORD_LENGTH = 100;

/** Spelling variants have the same key: case, width and spaces do not count. */
export function keywordKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

/** The text of a search box: a hashtag is its keyword. */
export function searchedText(text: string): string {
  return text.trim().replace(/^#+\s*/, "");
}

/** Addresses and ids of channels, by which the API finds nothing. */
export function isAddress(text: string): boolean {
  return /^(https?:\/\/|(\w+\.)?youtu(be\.com|\.be)\/|UC[\w-]{22}$)/.test(text);
}

/** The name by which a channel is searched: of a handle, also within an address, without its @. */
export function channelNameOf(text: string): string {
  const handle = /^(?:\S+\/)?@([^\s/?]+)/.exec(text)?.[1];
  return handle ?? (isAddress(text) ? "" : text);
}

/** Settings of YouTube in the form of tags, such as `yt:cc=on`. */
export function isSetting(name: string): boolean {
  return /^yt:/i.test(name);
}

/**
 * The keywords to show, of spelling variants only the first, which is the most frequent one: their
 * counts cannot be added up, because many videos have several spellings. Without tags that are
 * settings, and without `searched` itself.
 */
export function distinctKeywords<T extends { name: string }>(keywords: T[], searched = ""): T[] {
  const seen = new Set([keywordKey(searched)]);
  return keywords.filter(({ name }) => {
    const key = keywordKey(name);
    if (isSetting(name) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
