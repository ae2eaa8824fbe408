import { ApiError } from "./error";

/** What a server answered. `age`, in seconds, where it said that this is old data. */
export type Answer<T> = { value: T; age: number | null };

/** Sends a request and reads its JSON; throws `ApiError`. */
export async function send<T>(url: string, options: RequestInit = {}): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, null, null);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiError(response.status, body, response.headers);
  // It was cut, or no service of ours wrote it.
  if (body === undefined && response.status !== 204) throw new ApiError(0, null, null);
  return { value: body as T, age: ageOf(response.headers) };
}

/** The age of a stale response (RFC 9211): its time to live at a replica is below zero, or the
 * gateway had no newer one. The gateway's cache passes on the replica's `Age` and `Date`. */
function ageOf(headers: Headers): number | null {
  const status = headers.get("Cache-Status") ?? "";
  const age = Number(headers.get("Age") ?? 0);
  if (status.includes("detail=stale-if-error")) return age + secondsSince(headers.get("Date"));
  return status.includes("ttl=-") ? age : null;
}

function secondsSince(date: string | null): number {
  const then = Date.parse(date ?? "");
  return Number.isNaN(then) ? 0 : Math.max(0, Math.round((Date.now() - then) / 1000));
}
