/** A failed request. `status` is 0 if no valid response was received. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** Seconds to wait before the next attempt. */
  readonly retryAfter: number | null;
  /** Validation errors by request field. */
  readonly fields: Record<string, string[]>;

  constructor(status: number, body: unknown, headers: Headers | null) {
    super(`status ${status}`);
    const json = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    this.status = status;
    this.code = typeof json.code === "string" ? json.code : "unknown";
    this.requestId = headers?.get("X-Request-ID") ?? null;
    const seconds = Number(headers?.get("Retry-After") ?? NaN);
    this.retryAfter = Number.isFinite(seconds) ? seconds : null;
    this.fields = Object.fromEntries(
      Object.entries(json).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])),
    );
  }

  /** Whether the error is transient: network failure, rate limit or server error. */
  get isRetryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Wraps anything that is not an `ApiError`, e.g. a `TypeError`. */
export function toApiError(thrown: unknown): ApiError {
  return thrown instanceof ApiError ? thrown : new ApiError(0, null, null);
}

/** `age` is in seconds, and null unless the response is stale. */
export type ApiResponse<T> = { data: T; age: number | null };

/** Sends a request and parses the JSON response. Throws `ApiError`. */
export async function fetchJson<T>(
  url: string,
  options: RequestInit = {},
): Promise<ApiResponse<T>> {
  let response: Response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, null, null);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiError(response.status, body, response.headers);
  // The body is truncated or not JSON.
  if (body === undefined && response.status !== 204) throw new ApiError(0, null, null);
  return { data: body as T, age: staleAge(response.headers) };
}

/** Downloads the CSV of a list, whose JSON has the same URL. Throws `ApiError`. */
export async function fetchCsv(url: string): Promise<Blob> {
  // The browser's HTTP cache would return the JSON.
  const options: RequestInit = { headers: { Accept: "text/csv" }, cache: "no-store" };
  const response = await fetch(url, options).catch(() => undefined);
  if (!response) throw new ApiError(0, null, null);
  if (!response.ok) throw new ApiError(response.status, undefined, response.headers);
  return response.blob();
}

/**
 * The age of a stale response (RFC 9211): a replica reports a negative TTL, the gateway
 * `stale-if-error`. The gateway's cache forwards the replica's `Age` and `Date`.
 */
function staleAge(headers: Headers): number | null {
  const status = headers.get("Cache-Status") ?? "";
  const age = Number(headers.get("Age") ?? 0);
  if (status.includes("detail=stale-if-error")) return age + secondsSince(headers.get("Date"));
  return status.includes("ttl=-") ? age : null;
}

function secondsSince(date: string | null): number {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? 0 : Math.max(0, Math.round((Date.now() - time) / 1000));
}
