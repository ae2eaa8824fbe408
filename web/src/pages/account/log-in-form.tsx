import { useState } from "preact/hooks";
import { ApiError } from "../../api/error";
import type { Words } from "../../i18n/ko";
import { useWords } from "../../i18n/words";
import { TextField } from "../../parts/text-field";
import { to } from "../../router/addresses";
import { go, usePlace } from "../../router/location";
import { logIn, register, useSession } from "../../session/session";

/** Logs in or makes an account, and goes back to where one came from. */
export function LogInForm() {
  const words = useWords();
  const { account } = words;
  const { query } = usePlace();
  const isExpired = useSession().state === "expired";
  const [isNew, setNew] = useState(false);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const submit = () => {
    setError(undefined);
    // Said at once: the server would say the same.
    if (isNew && isShort(username.trim(), password)) {
      setError(account.short);
      return;
    }
    setWorking(true);
    (isNew ? register : logIn)(username.trim(), password)
      .then(() => go(wayBack(query.get("next"))))
      .catch((thrown: unknown) => setError(reason(thrown, words)))
      .finally(() => setWorking(false));
  };
  return (
    <form
      class="card log-in"
      aria-label={isNew ? account.register : account.login}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {isExpired && (
        <p class="banner" role="alert">
          {account.expired}
        </p>
      )}
      <h2>{isNew ? account.register : account.login}</h2>
      <TextField
        label={account.username}
        value={username}
        hint={isNew ? account.usernameHint : undefined}
        autocomplete="username"
        maxLength={150}
        change={setUsername}
      />
      <TextField
        label={account.password}
        type="password"
        value={password}
        hint={isNew ? account.passwordHint : undefined}
        autocomplete={isNew ? "new-password" : "current-password"}
        change={setPassword}
      />
      <p class="field-problem" role="alert">
        {error}
      </p>
      <button class="button" type="submit" disabled={isWorking || !username || !password}>
        {isNew ? account.register : account.login}
      </button>
      <p class="log-in-other">
        {isNew ? account.haveOne : account.haveNone}{" "}
        <button
          type="button"
          class="link"
          onClick={() => {
            setNew(!isNew);
            setError(undefined);
          }}
        >
          {isNew ? account.login : account.register}
        </button>
      </p>
    </form>
  );
}

function isShort(username: string, password: string): boolean {
  return username.length < 5 || password.length < 4;
}

/** Only to an address of this application. */
function wayBack(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") ? next : to.account();
}

function reason(thrown: unknown, { account, states }: Words): string {
  if (!(thrown instanceof ApiError)) return states.failed;
  if (thrown.status === 429) return account.tooMany;
  if (thrown.status !== 400) return thrown.status === 0 ? states.offline : states.down;
  if (thrown.code === "short_field") return account.short;
  if (thrown.fields.non_field_errors) return account.wrong;
  if (thrown.fields.username?.some((text) => text.includes("already exists"))) return account.taken;
  return thrown.fields.username ? account.badName : account.badPassword;
}
