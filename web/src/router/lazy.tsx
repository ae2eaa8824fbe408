import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "../components/skeleton";

/** A page whose code is loaded when it is first shown. `lazy` of preact/compat needs 4 kB more. */
export function lazy(load: () => Promise<FunctionComponent>): FunctionComponent {
  let loaded: FunctionComponent | undefined;
  return function LazyPage() {
    const [, setLoaded] = useState(loaded !== undefined);
    useEffect(() => {
      if (loaded) return;
      void load().then((page) => {
        loaded = page;
        setLoaded(true);
      });
    }, []);
    const Page = loaded;
    return Page ? <Page /> : <Skeleton kind="chart" />;
  };
}
