import type { ComponentChildren } from "preact";
import type { Loaded } from "../api/use-api";
import { useWords } from "../i18n/words";
import { Failure } from "./failure";
import { StaleNote } from "./stale-note";

type Props<T> = {
  loaded: Loaded<T>;
  skeleton: ComponentChildren;
  /** Instead of the usual words, for a status such as 404. */
  missing?: ComponentChildren;
  children: (value: T) => ComponentChildren;
};

/** An answer of the API in whatever state it is: loading, there, old, missing, failed. */
export function WhenLoaded<T>({ loaded, skeleton, missing, children }: Props<T>) {
  const words = useWords();
  const { value, error, isLoading, isSlow, age, retry } = loaded;
  const isMissing = error?.status === 404 && missing !== undefined;
  return (
    <>
      <p class="sr-only" role="status">
        {isLoading && !error ? words.states.loading : ""}
      </p>
      {isSlow && !error && (
        <p class="slow-note" role="status">
          {words.states.slow}
        </p>
      )}
      {isMissing && missing}
      {error && !isMissing && value === undefined && <Failure error={error} retry={retry} />}
      {error && !isMissing && value !== undefined && <StaleNote age={age} />}
      {!error && age !== null && <StaleNote age={age} />}
      {value !== undefined && !isMissing && children(value)}
      {value === undefined && !error && skeleton}
    </>
  );
}
