import { useCallback, useEffect, useState } from "preact/hooks";
import { toApiError, type ApiError } from "../api/client";
import type { QueryResult } from "../api/use-query";
import { fetchAuthenticated } from "./session";

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
  const isLoading = data === undefined && error === undefined;
  return { data, error, isLoading, isSlow: false, age: null, retry };
}
