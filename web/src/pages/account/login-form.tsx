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
  const { account: t } = useTranslations();
  const { params } = useLocation();
  const isRegistering = params.get("mode") === "register";
  const next = params.get("next") ?? undefined;
  const reason = params.get("reason") === "watchlist" ? "watchlist" : undefined;
  const { username, password, error, isSubmitting, ...form } = useCredentials(isRegistering, next);
  return (
    <form
      class="card login"
      aria-label={isRegistering ? t.register : t.login}
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <SessionBanner />
      <h2>{isRegistering ? t.register : t.login}</h2>
      {reason && <p class="card-description">{t.reasons[reason]}</p>}
      <TextField
        label={t.username}
        value={username}
        hint={isRegistering ? t.usernameHint : undefined}
        autocomplete="username"
        maxLength={150}
        onChange={form.setUsername}
      />
      <TextField
        label={t.password}
        type="password"
        value={password}
        hint={isRegistering ? t.passwordHint : undefined}
        autocomplete={isRegistering ? "new-password" : "current-password"}
        onChange={form.setPassword}
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
          href={urls.account({ next, mode: isRegistering ? undefined : "register", reason })}
          onClick={form.clearError}
        >
          {isRegistering ? t.login : t.register}
        </a>
      </p>
    </form>
  );
}

/** The fields of the form and the request. */
function useCredentials(isRegistering: boolean, next: string | undefined) {
  const translations = useTranslations();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [isSubmitting, setSubmitting] = useState(false);
  const submit = () => {
    setError(undefined);
    // The API's minimum for usernames.
    if (isRegistering && (username.trim().length < 5 || isPasswordTooShort(password))) {
      setError(translations.account.tooShort);
      return;
    }
    setSubmitting(true);
    (isRegistering ? register : logIn)(username.trim(), password)
      .then(() => navigate(redirectUrl(next), { replace: true }))
      .catch((thrown: unknown) => setError(errorText(thrown, translations)))
      .finally(() => setSubmitting(false));
  };
  const clearError = () => setError(undefined);
  return { username, setUsername, password, setPassword, error, clearError, isSubmitting, submit };
}

/** Why the session has ended. */
function SessionBanner() {
  const { account: t } = useTranslations();
  const { status } = useSession();
  if (status !== "expired" && status !== "deleted") return null;
  return (
    <p class="banner" role="alert">
      {t[status]}
    </p>
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
