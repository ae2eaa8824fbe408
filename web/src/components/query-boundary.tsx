import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/client";
import type { QueryResult } from "../api/use-query";
import { useTranslations } from "../i18n";
import { Card } from "./card";

type Props<T> = {
  result: QueryResult<T>;
  /** Placeholder while there is no data. */
  skeleton: ComponentChildren;
  /** Shown for a 404 response instead of the error message. */
  notFound?: ComponentChildren;
  children: (data: T) => ComponentChildren;
};

/** Renders the data of a query, or its loading, stale, not-found or error state. */
export function QueryBoundary<T>({ result, skeleton, notFound, children }: Props<T>) {
  const { states } = useTranslations();
  const { data, error, isLoading, isSlow, age, retry } = result;
  const isNotFound = error?.status === 404 && notFound !== undefined;
  const hasFailed = error !== undefined && !isNotFound;
  return (
    <>
      <p class="sr-only" role="status">
        {isLoading && !error ? states.loading : ""}
      </p>
      {isSlow && !error && (
        <p class="slow-note" role="status">
          {states.slow}
        </p>
      )}
      {isNotFound && notFound}
      {hasFailed && data === undefined && <ErrorMessage error={error} retry={retry} />}
      {hasFailed && data !== undefined && <StaleNote age={age} />}
      {!error && age !== null && <StaleNote age={age} />}
      {/* At one position, so that Preact keeps the state of components that both render. */}
      {data !== undefined && !isNotFound ? children(data) : !error && skeleton}
    </>
  );
}

/** A failed request, with a button that repeats it. */
export function ErrorMessage({ error, retry }: { error: ApiError; retry: () => void }) {
  const { states } = useTranslations();
  const [title, description] =
    error.status === 0
      ? [states.offline, states.offlineDescription]
      : error.isRetryable
        ? [states.unavailable, states.unavailableDescription]
        : [states.failed, error.requestId ? states.failedDescription : states.failedWithoutId];
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{title}</p>
      <p>{description}</p>
      <button type="button" class="button" onClick={retry}>
        {states.retry}
      </button>
      {error.requestId && (
        <p class="notice-id">
          {states.requestId} <code>{error.requestId}</code>
        </p>
      )}
    </div>
  );
}

type UnavailableProps = Pick<QueryResult<unknown>, "retry"> & { title: string; class?: string };

/** A card whose request failed; the query also repeats it by itself after a transient error. */
export function UnavailableCard({ title, retry, class: name = "score-card" }: UnavailableProps) {
  return (
    <Card title={title} class={name}>
      <Unavailable retry={retry} />
    </Card>
  );
}

/** A figure whose request failed. */
export function UnavailableFigure({ title, retry }: UnavailableProps) {
  return (
    <div class="figure">
      <h2>{title}</h2>
      <Unavailable retry={retry} />
    </div>
  );
}

function Unavailable({ retry }: Pick<UnavailableProps, "retry">) {
  const { states } = useTranslations();
  return (
    <p class="chart-note" role="status">
      {states.unavailable}{" "}
      <button type="button" class="button button-quiet button-small" onClick={retry}>
        {states.retry}
      </button>
    </p>
  );
}

/** `age` is in seconds, and null if the data was not marked as stale but its refresh failed. */
function StaleNote({ age }: { age: number | null }) {
  const { states } = useTranslations();
  return (
    <p class="stale-note" role="status" data-testid="stale">
      {staleText(age, states)}
    </p>
  );
}

type StaleTexts = ReturnType<typeof useTranslations>["states"];

function staleText(age: number | null, texts: StaleTexts): string {
  if (age === null || age < 60) return texts.staleRecent;
  if (age < 3600) return texts.stale(texts.minutes(Math.floor(age / 60)));
  return texts.stale(texts.hours(Math.floor(age / 3600)));
}
