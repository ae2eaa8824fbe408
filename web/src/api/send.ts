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

/** Warnings 110 and 111: the answer is stale, and could not be renewed. */
function ageOf(headers: Headers): number | null {
  const isStale = /(^|,\s*)11[01]\s/.test(headers.get("Warning") ?? "");
  return isStale ? Number(headers.get("Age") ?? 0) : null;
}
