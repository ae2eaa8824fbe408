/** Why there is no answer. `status` 0: the server was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** Seconds after which another try may be worth it. */
  readonly retryAfter: number | null;
  /** What is wrong with each field of the request. */
  readonly fields: Record<string, string[]>;

  constructor(status: number, body: unknown, headers: Headers | null) {
    super(`status ${status}`);
    const told = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    this.status = status;
    this.code = typeof told.code === "string" ? told.code : "unknown";
    this.requestId = headers?.get("X-Request-ID") ?? null;
    const seconds = Number(headers?.get("Retry-After") ?? NaN);
    this.retryAfter = Number.isFinite(seconds) ? seconds : null;
    this.fields = Object.fromEntries(
      Object.entries(told).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])),
    );
  }

  /** It may work later: something is down, slow or too busy. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}
