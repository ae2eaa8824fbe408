/**
 * Queries of components. @tanstack/preact-query would add 10.4 kB (compressed), and the retries of
 * stale responses, which depend on the headers, would remain.
 */
import { useCallback, useEffect, useState } from "preact/hooks";
import { fetchJson, toApiError, type ApiError, type ApiResponse } from "./client";
import type { ApiQuery } from "./query";

/** Exponential backoff of retries after a transient error, in seconds. */
const BACKOFF = { initial: 3, max: 30 };
/**
 * Delays between revalidations of a stale response, in milliseconds. There are several because
 * each replica refreshes its own cache entry.
 */
const REVALIDATION_DELAYS = [500, 700, 1_000, 1_300];
/** Loading time after which `isSlow` is set, in milliseconds. */
const SLOW_AFTER = 4_000;

export type QueryResult<T> = {
  data: T | undefined;
  /** Age of stale data in seconds; null if the data is not stale. */
  age: number | null;
  error: ApiError | undefined;
  isLoading: boolean;
  isSlow: boolean;
  retry: () => void;
};

type State<T> = { url: string; response?: ApiResponse<T>; error?: ApiError; isLoading: boolean };

/**
 * Sends a GET request; none if `query` is null. With `keepPreviousData`, the data of the previous
 * URL is returned while the next one loads.
 */
export function useQuery<T>(
  query: ApiQuery<T> | null,
  { keepPreviousData = false } = {},
): QueryResult<T> {
  const url = query?.url ?? "";
  const [state, setState] = useState<State<T>>(() => initialState(url));
  const [retries, setRetries] = useState({ url, count: 0 });
  const attempt = retries.url === url ? retries.count : 0;
  const retry = useCallback(() => setRetries({ url, count: attempt + 1 }), [url, attempt]);
  const current =
    state.url === url ? state : initialState(url, keepPreviousData ? state.response : undefined);
  const isSlow = useIsSlow(current.isLoading, url);

  useEffect(() => {
    if (!url) return;
    const controller = new AbortController();
    const { signal } = controller;
    const onResponse = (response: ApiResponse<T>) => {
      if (!signal.aborted) setState({ url, response, isLoading: false });
    };
    const onError = (thrown: unknown) => {
      if (signal.aborted) return;
      setState((previous) => ({ ...previous, error: toApiError(thrown), isLoading: false }));
    };
    setState((previous) =>
      previous.url === url
        ? { ...previous, isLoading: true }
        : initialState(url, keepPreviousData ? previous.response : undefined),
    );
    const request =
      attempt === 0 ? load(url, signal, onResponse) : reload<T>(url, signal).then(onResponse);
    request.catch(onError);
    return () => controller.abort();
  }, [url, attempt, keepPreviousData]);

  // Retries by itself after a transient error or a stale response.
  const isStale = current.response?.age != null;
  const { error, isLoading } = current;
  useEffect(() => {
    if (isLoading || !(isStale || error?.isRetryable)) return;
    const backoff = Math.min(BACKOFF.initial * 2 ** Math.min(attempt, 8), BACKOFF.max);
    const timer = setTimeout(retry, Math.max(backoff, error?.retryAfter ?? 0) * 1000);
    return () => clearTimeout(timer);
  }, [error, isStale, isLoading, attempt, retry]);

  return {
    data: current.response?.data,
    age: current.response?.age ?? null,
    error,
    isLoading,
    isSlow,
    retry,
  };
}

function initialState<T>(url: string, response?: ApiResponse<T>): State<T> {
  return { url, ...(url && response && { response }), isLoading: url !== "" };
}

/** Bypasses the browser's HTTP cache, and updates it. */
function reload<T>(url: string, signal: AbortSignal): Promise<ApiResponse<T>> {
  return fetchJson<T>(url, { signal, cache: "reload" });
}

/** Shows a stale response immediately, but marks it as stale only if revalidation fails. */
async function load<T>(
  url: string,
  signal: AbortSignal,
  onResponse: (response: ApiResponse<T>) => void,
): Promise<void> {
  let response = await fetchJson<T>(url, { signal });
  if (response.age !== null) {
    onResponse({ ...response, age: null });
    for (const delay of REVALIDATION_DELAYS) {
      await new Promise((resolve) => setTimeout(resolve, delay));
      if (signal.aborted) return;
      const stale = response;
      response = await reload<T>(url, signal).catch(() => stale);
      if (response.age === null) break;
    }
  }
  onResponse(response);
}

function useIsSlow(isLoading: boolean, url: string): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isLoading) return;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER);
    return () => clearTimeout(timer);
  }, [isLoading, url]);
  return isSlow && isLoading;
}
