import type { paths } from "./schema";

/** The paths that can be read, out of the OpenAPI document. */
type Readable = {
  [P in keyof paths]: paths[P] extends {
    get: { responses: { 200: { content: { "application/json": unknown } } } };
  }
    ? P
    : never;
}[keyof paths];

type Operation<P extends Readable> = paths[P] extends { get: infer O } ? O : never;

type Answered<P extends Readable> =
  Operation<P> extends { responses: { 200: { content: { "application/json": infer T } } } }
    ? T
    : never;

type Part<P extends Readable, K extends "path" | "query"> =
  Operation<P> extends { parameters: infer Parameters }
    ? K extends keyof Parameters
      ? [Exclude<Parameters[K], undefined>] extends [never]
        ? unknown
        : Record<K, Exclude<Parameters[K], undefined>>
      : unknown
    : unknown;

/** What a path wants to know: `path` and `query`, where it has such parameters. */
type Asked<P extends Readable> = Part<P, "path"> & Part<P, "query">;

/** An address, and (for the compiler only) what is answered there. */
export type Query<T> = { url: string; answer?: T };

type Values = Record<string, string | number | undefined>;

/** The address of something to read. */
export function query<P extends Readable>(path: P, asked: Asked<P>): Query<Answered<P>> {
  const given = asked as { path?: Values; query?: Values };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(given.path?.[name] ?? "")),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(given.query ?? {})) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return { url: text ? `${filled}?${text}` : filled };
}
