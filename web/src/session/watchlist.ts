import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { components } from "../api/schema";
import { keyOf } from "../format/keywords";
import { fetchAuthenticated, useSession } from "./session";

export type WatchEntry = components["schemas"]["WatchResponse"];
export type WatchTarget = { kind: "keyword" | "channel"; target: string };

/** The entries of the session with this token. */
const watchlist = signal<{ token: string; entries: WatchEntry[] } | undefined>(undefined);

/** The watchlist of the account; undefined while it is unknown and without a session. */
export function useWatchlist(): WatchEntry[] | undefined {
  const session = useSession();
  const stored = watchlist.value;
  const token = session.status === "authenticated" ? session.token : undefined;
  const isMissing = token !== undefined && stored?.token !== token;
  useEffect(() => {
    if (isMissing) load(token).catch(() => undefined);
  }, [isMissing, token]);
  return stored && stored.token === token ? stored.entries : undefined;
}

async function load(token: string): Promise<void> {
  const { entries } = await fetchAuthenticated<{ entries: WatchEntry[] }>("me/watchlist");
  watchlist.value = { token, entries };
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
  if (current) watchlist.value = { ...current, entries: change(current.entries) };
}

/** The entry of a keyword, in any spelling, or of a channel. */
export function findEntry(
  entries: WatchEntry[],
  { kind, target }: WatchTarget,
): WatchEntry | undefined {
  return entries.find((entry) =>
    kind === "channel"
      ? entry.channel_idx === Number(target)
      : entry.kind === "keyword" && keyOf(entry.name) === keyOf(target),
  );
}
