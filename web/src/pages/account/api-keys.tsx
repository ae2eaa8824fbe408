import { useState } from "preact/hooks";
import { ApiError } from "../../api/client";
import type { components } from "../../api/schema";
import { Card } from "../../components/card";
import { QueryBoundary } from "../../components/query-boundary";
import { SecretText } from "../../components/secret-text";
import { Skeleton } from "../../components/skeleton";
import { TextField } from "../../components/text-field";
import { formatFullDate } from "../../format/dates";
import { formatNumber } from "../../format/numbers";
import { isBlank } from "../../format/text";
import { useLanguage, useTranslations } from "../../i18n";
import { fetchAuthenticated } from "../../session/session";
import { useAuthenticated } from "../../session/use-authenticated";

type Keys = components["schemas"]["ApiKeysResponse"];
type Key = components["schemas"]["ApiKeyResponse"];
type NewKey = components["schemas"]["NewApiKeyResponse"];

/** Defined by the API, in characters. */
const MAX_NAME = 100;

/** The API keys of the account: a new one is shown once. */
export function ApiKeys() {
  const { apiKeys: t } = useTranslations();
  const language = useLanguage();
  const { result, created, error, create, revoke } = useApiKeys();
  const limit = result.data;
  return (
    <Card
      title={t.title}
      description={
        limit && t.description(formatNumber(limit.requests, language), limit.window_seconds)
      }
    >
      {created && <SecretText label={created.name} secret={created.key} />}
      <QueryBoundary result={result} skeleton={<Skeleton kind="row" />}>
        {({ keys }) => <KeyList keys={keys} onRevoke={revoke} />}
      </QueryBoundary>
      <NewKeyForm error={error} onCreate={create} />
    </Card>
  );
}

/** The keys, the one that was created last, and their changes. */
function useApiKeys() {
  const { apiKeys: t, states } = useTranslations();
  const result = useAuthenticated<Keys>("me/keys");
  const [created, setCreated] = useState<NewKey>();
  const [error, setError] = useState("");
  const run = <T,>(change: Promise<T>, onDone: (value: T) => void) => {
    setError("");
    change.then(
      (value) => {
        onDone(value);
        result.retry();
      },
      (thrown: unknown) => {
        const isFull = thrown instanceof ApiError && thrown.fields.non_field_errors !== undefined;
        setError(isFull ? t.full : states.unavailable);
      },
    );
  };
  const create = (name: string, onCreated: () => void) =>
    run(fetchAuthenticated<NewKey>("me/keys", "POST", { name }), (key) => {
      setCreated(key);
      onCreated();
    });
  const revoke = ({ id, name }: Key) => {
    if (!confirm(t.confirmRevoke(name))) return;
    run(fetchAuthenticated<undefined>(`me/keys/${id}`, "DELETE"), () => {
      if (created?.id === id) setCreated(undefined);
    });
  };
  return { result, created, error, create, revoke };
}

type FormProps = { error: string; onCreate: (name: string, onCreated: () => void) => void };

function NewKeyForm({ error, onCreate }: FormProps) {
  const { apiKeys: t } = useTranslations();
  const [name, setName] = useState("");
  return (
    <form
      class="account-form"
      aria-label={t.create}
      onSubmit={(event) => {
        event.preventDefault();
        onCreate(name, () => setName(""));
      }}
    >
      <TextField label={t.name} value={name} maxLength={MAX_NAME} onChange={setName} />
      <p class="field-error" role="alert">
        {error}
      </p>
      <button class="button button-quiet" disabled={isBlank(name)}>
        {t.create}
      </button>
    </form>
  );
}

function KeyList({ keys, onRevoke }: { keys: Key[]; onRevoke: (key: Key) => void }) {
  const { apiKeys: t } = useTranslations();
  const language = useLanguage();
  if (keys.length === 0) return <p>{t.none}</p>;
  const date = (time: string) => formatFullDate(time.slice(0, 10), language);
  return (
    <ul class="entry-list">
      {keys.map((key) => (
        <li key={key.id} class="key-row">
          <span>
            <b>{key.name}</b> <code>{key.prefix}…</code>
            <span class="meta">
              {t.createdAt(date(key.created_at))} ·{" "}
              {key.last_used_at ? t.usedAt(date(key.last_used_at)) : t.unused}
            </span>
          </span>
          <button
            type="button"
            class="button button-quiet button-small"
            aria-label={t.revokeOf(key.name)}
            onClick={() => onRevoke(key)}
          >
            {t.revoke}
          </button>
        </li>
      ))}
    </ul>
  );
}
