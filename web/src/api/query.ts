/**
 * URLs and types of GET requests. openapi-fetch would add 2.7 kB (compressed), and does not return
 * the URL, which is the key of a query and the URL of its CSV.
 */
import type { paths } from "./schema";

/** Paths of the OpenAPI document with a GET operation that returns JSON. */
type GetPath = {
  [P in keyof paths]: paths[P] extends {
    get: { responses: { 200: { content: { "application/json": unknown } } } };
  }
    ? P
    : never;
}[keyof paths];

type Operation<P extends GetPath> = paths[P] extends { get: infer O } ? O : never;

type ResponseBody<P extends GetPath> =
  Operation<P> extends { responses: { 200: { content: { "application/json": infer T } } } }
    ? T
    : never;

/** Optional parameters may be undefined, which omits them. */
type AllowUndefined<T> = { [K in keyof T]: T[K] | (object extends Pick<T, K> ? undefined : never) };

type ParametersIn<P extends GetPath, K extends "path" | "query"> =
  Operation<P> extends { parameters: infer Parameters }
    ? K extends keyof Parameters
      ? [Exclude<Parameters[K], undefined>] extends [never]
        ? unknown
        : Record<K, AllowUndefined<Exclude<Parameters[K], undefined>>>
      : unknown
    : unknown;

type RequestParameters<P extends GetPath> = ParametersIn<P, "path"> & ParametersIn<P, "query">;

/** A GET request. `response` exists only as a type: the response body. */
export type ApiQuery<T> = { url: string; response?: T };

type Value = string | number | undefined;
type Values = Record<string, Value | Value[]>;

/** Builds the URL of a GET request from its path and query parameters. */
export function apiQuery<P extends GetPath>(
  path: P,
  parameters: RequestParameters<P>,
): ApiQuery<ResponseBody<P>> {
  const values = parameters as { path?: Values; query?: Values };
  const pathname = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values.path?.[name] ?? "")),
  );
  return { url: withQuery(pathname, values.query) };
}

/** Appends a query string; empty and undefined values are omitted, lists repeat their name. */
export function withQuery(pathname: string, values: Values = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of [value].flat()) {
      if (item !== undefined && item !== "") params.append(name, String(item));
    }
  }
  const query = params.toString();
  return query ? `${pathname}?${query}` : pathname;
}
