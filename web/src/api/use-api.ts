import { useCallback, useEffect, useState } from "preact/hooks";
import { ApiError } from "./error";
import type { Query } from "./query";
import { send, type Answer } from "./send";
import { useSlow } from "./use-slow";

/** Between tries while something is down: the first pause and the longest, in seconds. */
const PAUSE = { first: 3, longest: 30 };
/**
 * Pauses after which a stale answer is asked for again, in milliseconds: a service renews it
 * meanwhile, but each of its replicas its own.
 */
const RENEWALS = [500, 700, 1_000, 1_300];

/** What is known of an answer. */
export type Loaded<T> = {
  value: T | undefined;
  /** Seconds, where the server said that `value` is old. */
  age: number | null;
  error: ApiError | undefined;
  isLoading: boolean;
  isSlow: boolean;
  retry: () => void;
};

type State<T> = { url: string; answer?: Answer<T>; error?: ApiError; isLoading: boolean };

/**
 * Reads from the API; nothing if `query` is null. With `keep`, the answer of the address
 * before is shown until there is one of this.
 */
export function useApi<T>(query: Query<T> | null, { keep = false } = {}): Loaded<T> {
  const url = query?.url ?? "";
  const [state, setState] = useState<State<T>>(() => loading(url, undefined));
  const [tried, setTried] = useState({ url, times: 0 });
  const tries = tried.url === url ? tried.times : 0;
  const retry = useCallback(() => setTried({ url, times: tries + 1 }), [url, tries]);
  const current = state.url === url ? state : loading(url, keep ? state.answer : undefined);
  const isSlow = useSlow(current.isLoading, url);

  useEffect(() => {
    if (!url) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const told = (answer: Answer<T>) => {
      if (!signal.aborted) setState({ url, answer, isLoading: false });
    };
    const failed = (thrown: unknown) => {
      const error = thrown instanceof ApiError ? thrown : new ApiError(0, null, null);
      if (!signal.aborted) setState((before) => ({ ...before, error, isLoading: false }));
    };
    setState((before) =>
      before.url === url
        ? { ...before, isLoading: true }
        : loading(url, keep ? before.answer : undefined),
    );
    const asking = tries === 0 ? ask(url, signal, told) : reload<T>(url, signal).then(told);
    asking.catch(failed);
    return () => leaving.abort();
  }, [url, tries, keep]);

  // What is down may come back: try again by itself, ever more rarely.
  const isOld = current.answer?.age != null;
  const { error, isLoading } = current;
  useEffect(() => {
    if (isLoading || !(isOld || error?.isPassing)) return;
    const pause = Math.min(PAUSE.first * 2 ** Math.min(tries, 8), PAUSE.longest);
    const timer = setTimeout(retry, Math.max(pause, error?.retryAfter ?? 0) * 1000);
    return () => clearTimeout(timer);
  }, [error, isOld, isLoading, tries, retry]);

  return {
    value: current.answer?.value,
    age: current.answer?.age ?? null,
    error,
    isLoading,
    isSlow,
    retry,
  };
}

function loading<T>(url: string, answer: Answer<T> | undefined): State<T> {
  return { url, ...(url && answer && { answer }), isLoading: url !== "" };
}

/** Asks for it past the browser's own cache. */
function reload<T>(url: string, signal: AbortSignal): Promise<Answer<T>> {
  return send<T>(url, { signal, cache: "reload" });
}

/** An old answer is shown at once, but called old only if there is no newer one soon. */
async function ask<T>(
  url: string,
  signal: AbortSignal,
  told: (answer: Answer<T>) => void,
): Promise<void> {
  const answer = await send<T>(url, { signal });
  if (answer.age === null) {
    told(answer);
    return;
  }
  told({ ...answer, age: null });
  let last = answer;
  for (const pause of RENEWALS) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) return;
    last = await reload<T>(url, signal).catch(() => last);
    if (last.age === null) break;
  }
  told(last);
}
