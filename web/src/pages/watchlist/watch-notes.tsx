import { useState } from "preact/hooks";
import { TextField } from "../../components/text-field";
import { useTranslations } from "../../i18n";
import { confirmUnwatch, unwatch, watch, type WatchEntry } from "../../session/watchlist";

/** Defined by the API, in characters. */
const MAX_NOTE = 500;

/** The entries of the watchlist with their notes. */
export function WatchNotes({ entries }: { entries: WatchEntry[] }) {
  return (
    <ul class="entry-list">
      {entries.map((entry) => (
        <li key={entry.id}>
          <WatchNote entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function WatchNote({ entry }: { entry: WatchEntry }) {
  const { account, states, watchlist: t } = useTranslations();
  const [note, setNote] = useState(entry.note);
  const [status, setStatus] = useState("");
  const run = (change: Promise<void>, done: string) => {
    setStatus("");
    change.then(
      () => setStatus(done),
      () => setStatus(states.unavailable),
    );
  };
  const save = () => {
    const isChannel = entry.channel_idx != null;
    const target = isChannel ? String(entry.channel_idx) : entry.name;
    run(watch({ kind: isChannel ? "channel" : "keyword", target }, note), account.saved);
  };
  return (
    <form
      class="watch-note"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t.noteOf(entry.name)}
        value={note}
        maxLength={MAX_NOTE}
        onChange={setNote}
      />
      <div class="account-actions">
        <button class="button button-quiet button-small" disabled={note === entry.note}>
          {t.save}
        </button>
        <button
          type="button"
          class="button button-quiet button-small"
          aria-label={t.removeOf(entry.name)}
          onClick={() => {
            if (confirmUnwatch(entry, t.confirmRemove)) run(unwatch(entry.id), "");
          }}
        >
          {t.remove}
        </button>
        <span role="status">{status}</span>
      </div>
    </form>
  );
}
