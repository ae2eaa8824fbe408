import type { FunctionComponent } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { ErrorMessage } from "../components/query-boundary";
import { Skeleton } from "../components/skeleton";

type State = "loading" | "loaded" | "failed";

/** A page whose code is loaded when it is first shown. `lazy` of preact/compat needs 4 kB more. */
export function lazy<P extends object>(
  load: () => Promise<FunctionComponent<P>>,
): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | undefined;
  return function LazyPage(props: P) {
    const [state, setState] = useState<State>(loaded ? "loaded" : "loading");
    const start = useCallback(() => {
      setState("loading");
      load().then(
        (page) => {
          loaded = page;
          setState("loaded");
        },
        () => setState("failed"),
      );
    }, []);
    useEffect(() => {
      if (!loaded) start();
    }, [start]);
    useEffect(() => {
      if (state !== "failed") return;
      // A browser may keep the failure of a script until the document is loaded again, and an update of
      // the dashboard removes the old scripts.
      const reload = () => location.reload();
      addEventListener("online", reload);
      return () => removeEventListener("online", reload);
    }, [state]);
    const Page = loaded;
    if (Page) return <Page {...props} />;
    if (state === "failed") return <LoadError />;
    return <Skeleton kind="chart" />;
  };
}

function LoadError() {
  // The status 0 is shown as a lost connection; the scripts of an earlier version are gone.
  const status = navigator.onLine ? 404 : 0;
  return <ErrorMessage error={new ApiError(status, null, null)} retry={() => location.reload()} />;
}
