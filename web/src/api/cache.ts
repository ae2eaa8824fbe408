import type { Query } from "./query";
import { send, type Answer } from "./send";

/** How long an answer is taken for new, in milliseconds: as long as the services say. */
const FRESH = 60_000;
/** The most answers that are kept. */
const MOST = 200;

type Entry = { answer: Answer<unknown>; at: number };
const entries = new Map<string, Entry>();

/** The last answer, if there was one: it is shown while a newer one is fetched. */
export function remembered<T>(query: Query<T>): { answer: Answer<T>; isFresh: boolean } | null {
  const entry = entries.get(query.url);
  if (!entry) return null;
  return {
    answer: entry.answer as Answer<T>,
    isFresh: entry.answer.age === null && Date.now() - entry.at < FRESH,
  };
}

/** Asks for it. */
export async function load<T>(query: Query<T>, signal: AbortSignal): Promise<Answer<T>> {
  return keep(query, await send<T>(query.url, { signal }));
}

/** Asks for it past the browser's own cache. */
export async function reload<T>(query: Query<T>, signal: AbortSignal): Promise<Answer<T>> {
  return keep(query, await send<T>(query.url, { signal, cache: "reload" }));
}

function keep<T>(query: Query<T>, answer: Answer<T>): Answer<T> {
  entries.delete(query.url);
  entries.set(query.url, { answer, at: Date.now() });
  const oldest = entries.keys().next();
  if (entries.size > MOST && !oldest.done) entries.delete(oldest.value);
  return answer;
}
