import { signal } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";
import { toApiError, type ApiError } from "../api/client";
import type { components } from "../api/schema";
import { keywordKey } from "../format/keywords";
import { fetchAuthenticated, useSession } from "./session";
import { useRetry } from "./use-authenticated";

export type WatchEntry = components["schemas"]["WatchResponse"];
export type WatchTarget = { kind: "keyword" | "channel"; target: string };

/** The entries of the session with this token, or why they could not be loaded. */
type Stored = { token: string; entries?: WatchEntry[]; error?: ApiError };
const watchlist = signal<Stored | undefined>(undefined);

type Watchlist = {
  /** Undefined while they are unknown and without a session. */
  entries: WatchEntry[] | undefined;
  error: ApiError | undefined;
  retry: () => void;
};

/** The watchlist of the account. */
export function useWatchlist(): Watchlist {
  const session = useSession();
  const token = session.status === "authenticated" ? session.token : undefined;
  const stored = watchlist.value?.token === token ? watchlist.value : undefined;
  const isMissing = stored === undefined;
  const retry = useCallback(() => {
    if (token !== undefined) void load(token);
  }, [token]);
  useEffect(() => {
    if (isMissing) retry();
  }, [isMissing, retry]);
  useRetry(stored?.error, retry);
  return { entries: stored?.entries, error: stored?.error, retry };
}

async function load(token: string): Promise<void> {
  try {
    const { entries } = await fetchAuthenticated<{ entries: WatchEntry[] }>("me/watchlist");
    watchlist.value = { token, entries };
  } catch (thrown) {
    watchlist.value = { token, error: toApiError(thrown) };
  }
}

/** Adds an entry, or replaces its note. */
export async function watch({ kind, target }: WatchTarget, note = ""): Promise<void> {
  const entry = await fetchAuthenticated<WatchEntry>("me/watchlist", "PUT", { kind, target, note });
  update((entries) =>
    entries.some(({ id }) => id === entry.id)
      ? entries.map((other) => (other.id === entry.id ? entry : other))
      : [...entries, entry],
  );
}

/** Asks before an entry is removed that has a note. */
export function confirmUnwatch(entry: WatchEntry, text: (name: string) => string): boolean {
  return entry.note === "" || confirm(text(entry.name));
}

export async function unwatch(id: number): Promise<void> {
  await fetchAuthenticated(`me/watchlist/${id}`, "DELETE");
  update((entries) => entries.filter((entry) => entry.id !== id));
}

function update(change: (entries: WatchEntry[]) => WatchEntry[]): void {
  const current = watchlist.peek();
  if (current?.entries) watchlist.value = { ...current, entries: change(current.entries) };
}

/** The entry of a keyword, in any spelling, or of a channel. */
export function findEntry(
  entries: WatchEntry[],
  { kind, target }: WatchTarget,
): WatchEntry | undefined {
  return entries.find((entry) =>
    kind === "channel"
      ? entry.channel_idx === Number(target)
      : entry.kind === "keyword" && keywordKey(entry.name) === keywordKey(target),
  );
}
