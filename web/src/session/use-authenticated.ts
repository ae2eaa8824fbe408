import { useCallback, useEffect, useState } from "preact/hooks";
import { toApiError, type ApiError } from "../api/client";
import type { QueryResult } from "../api/use-query";
import { fetchAuthenticated, refreshAccount, useSession, type Account } from "./session";

/** Delay before a request is repeated after a transient error, in seconds. */
const RETRY_DELAY = 10;

/** Calls `retry` some time after a transient error. */
export function useRetry(error: ApiError | undefined, retry: () => void): void {
  useEffect(() => {
    if (!error?.isRetryable) return;
    const delay = Math.max(RETRY_DELAY, error.retryAfter ?? 0);
    const timer = setTimeout(retry, delay * 1000);
    return () => clearTimeout(timer);
  }, [error, retry]);
}

type AccountResult = {
  account: Account | undefined;
  error: ApiError | undefined;
  retry: () => void;
};

/** The account, which the application loads once. */
export function useAccount(): AccountResult {
  const session = useSession();
  const { account, error } =
    session.status === "authenticated" ? session : { account: undefined, error: undefined };
  useRetry(account ? undefined : error, retryAccount);
  return { account, error, retry: retryAccount };
}

function retryAccount(): void {
  refreshAccount().catch(() => undefined);
}

/** Loads data of the account; `retry` loads it again. The response is not cached. */
export function useAuthenticated<T>(path: string): QueryResult<T> {
  const [state, setState] = useState<{ path: string; data?: T; error?: ApiError }>({ path });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  useEffect(() => {
    let isCurrent = true;
    fetchAuthenticated<T>(path).then(
      (data) => isCurrent && setState({ path, data }),
      (thrown: unknown) => isCurrent && setState({ path, error: toApiError(thrown) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [path, attempt]);
  const { data, error } = state.path === path ? state : {};
  useRetry(error, retry);
  const isLoading = data === undefined && error === undefined;
  return { data, error, isLoading, isSlow: false, age: null, retry };
}
