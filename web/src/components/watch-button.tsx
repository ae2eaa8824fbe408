import { useState } from "preact/hooks";
import { useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { urls } from "../router/urls";
import { useSession } from "../session/session";
import {
  confirmUnwatch,
  findEntry,
  unwatch,
  useWatchlist,
  watch,
  type WatchTarget,
} from "../session/watchlist";
import { Icon } from "./icon";

/** Adds a keyword or a channel to the watchlist, or removes it. Links to the login if necessary. */
export function WatchButton({ kind, target }: WatchTarget) {
  const { watchlist: t } = useTranslations();
  const isAuthenticated = useSession().status === "authenticated";
  const { path, params } = useLocation();
  const entries = useWatchlist();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  if (!isAuthenticated) {
    const query = params.toString();
    return (
      <a class="button button-quiet" href={urls.account(query ? `${path}?${query}` : path)}>
        {t.watch}
      </a>
    );
  }
  const entry = entries && findEntry(entries, { kind, target });
  const toggle = () => {
    if (entry && !confirmUnwatch(entry, t.confirmRemove)) return;
    setState("busy");
    (entry ? unwatch(entry.id) : watch({ kind, target })).then(
      () => setState("idle"),
      () => setState("failed"),
    );
  };
  return (
    <>
      <button
        type="button"
        class="button button-quiet watch-button"
        aria-pressed={entry !== undefined}
        disabled={entries === undefined || state === "busy"}
        onClick={toggle}
      >
        <Icon name="watchlist" />
        {t.watch}
      </button>
      <span class="field-error" role="status">
        {state === "failed" ? t.watchFailed : ""}
      </span>
    </>
  );
}
