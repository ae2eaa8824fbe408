import { useState } from "preact/hooks";
import { toApiError } from "../api/client";
import { useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { urls, withParams } from "../router/urls";
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
  const { entries } = useWatchlist();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState("");
  if (!isAuthenticated) {
    const next = withParams(path, params, {});
    return (
      <a class="button button-quiet" href={urls.account({ next, reason: "watchlist" })}>
        {t.watch}
      </a>
    );
  }
  const entry = entries && findEntry(entries, { kind, target });
  const toggle = () => {
    if (entry && !confirmUnwatch(entry, t.confirmRemove)) return;
    setBusy(true);
    setError("");
    (entry ? unwatch(entry.id) : watch({ kind, target }))
      .catch((thrown: unknown) => {
        // The API rejects the entry itself only if there are too many.
        const isFull = toApiError(thrown).fields.non_field_errors !== undefined;
        setError(isFull ? t.full : t.watchFailed);
      })
      .finally(() => setBusy(false));
  };
  return (
    <>
      <button
        type="button"
        class="button button-quiet watch-button"
        aria-pressed={entry !== undefined}
        disabled={entries === undefined || isBusy}
        onClick={toggle}
      >
        <Icon name="watchlist" />
        {t.watch}
      </button>
      <span class="field-error" role="status">
        {error}
      </span>
    </>
  );
}
