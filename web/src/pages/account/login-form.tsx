import { useState } from "preact/hooks";
import { ApiError } from "../../api/client";
import { TextField } from "../../components/text-field";
import { useTranslations } from "../../i18n";
import type { Translations } from "../../i18n/ko";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { isPasswordTooShort, logIn, register, useSession } from "../../session/session";

/** Logs in or registers, then redirects to the `next` parameter of the URL. */
export function LoginForm() {
  const translations = useTranslations();
  const { account: t } = translations;
  const { params } = useLocation();
  const { status } = useSession();
  const isRegistering = params.get("mode") === "register";
  const next = params.get("next") ?? undefined;
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [isSubmitting, setSubmitting] = useState(false);
  const submit = () => {
    setError(undefined);
    // The API's minimum for usernames.
    if (isRegistering && (username.trim().length < 5 || isPasswordTooShort(password))) {
      setError(t.tooShort);
      return;
    }
    setSubmitting(true);
    (isRegistering ? register : logIn)(username.trim(), password)
      .then(() => navigate(redirectUrl(next), { replace: true }))
      .catch((thrown: unknown) => setError(errorText(thrown, translations)))
      .finally(() => setSubmitting(false));
  };
  return (
    <form
      class="card login"
      aria-label={isRegistering ? t.register : t.login}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {(status === "expired" || status === "deleted") && (
        <p class="banner" role="alert">
          {t[status]}
        </p>
      )}
      <h2>{isRegistering ? t.register : t.login}</h2>
      <TextField
        label={t.username}
        value={username}
        hint={isRegistering ? t.usernameHint : undefined}
        autocomplete="username"
        maxLength={150}
        onChange={setUsername}
      />
      <TextField
        label={t.password}
        type="password"
        value={password}
        hint={isRegistering ? t.passwordHint : undefined}
        autocomplete={isRegistering ? "new-password" : "current-password"}
        onChange={setPassword}
      />
      <p class="field-error" role="alert">
        {error}
      </p>
      <button class="button" type="submit" disabled={isSubmitting || !username || !password}>
        {isRegistering ? t.register : t.login}
      </button>
      <p class="login-switch">
        {isRegistering ? t.hasAccount : t.noAccount}{" "}
        <a
          class="link"
          href={urls.account(next, isRegistering ? undefined : "register")}
          onClick={() => setError(undefined)}
        >
          {isRegistering ? t.login : t.register}
        </a>
      </p>
    </form>
  );
}

/** Prevents open redirects: only paths of the dashboard are accepted. */
function redirectUrl(next: string | undefined): string {
  return next?.startsWith("/") && !next.startsWith("//") ? next : urls.account();
}

function errorText(thrown: unknown, { account, states }: Translations): string {
  if (!(thrown instanceof ApiError)) return states.failed;
  const { status, code, fields } = thrown;
  if (status === 429) return account.tooManyAttempts;
  if (status !== 400) return status === 0 ? states.offline : states.unavailable;
  if (code === "short_field") return account.tooShort;
  if (fields.non_field_errors) return account.wrongCredentials;
  if (fields.username?.some((text) => text.includes("already exists")))
    return account.usernameTaken;
  return fields.username ? account.invalidUsername : account.invalidPassword;
}
