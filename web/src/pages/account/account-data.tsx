import { useState } from "preact/hooks";
import { ApiError } from "../../api/client";
import { Card } from "../../components/card";
import { saveAs } from "../../components/csv-button";
import { TextField } from "../../components/text-field";
import { useTranslations } from "../../i18n";
import type { Translations } from "../../i18n/ko";
import {
  changePassword,
  deleteAccount,
  fetchAuthenticated,
  isPasswordTooShort,
} from "../../session/session";

/** Changes the password. */
export function PasswordForm() {
  const translations = useTranslations();
  const { account, accountData: t } = translations;
  const [password, setPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [error, setError] = useState("");
  const [status, setStatus] = useState("");
  const submit = () => {
    setError("");
    setStatus("");
    if (isPasswordTooShort(newPassword)) {
      setError(t.tooShort);
      return;
    }
    changePassword(password, newPassword).then(
      () => {
        setPassword("");
        setNewPassword("");
        setStatus(t.passwordChanged);
      },
      (thrown: unknown) => setError(errorText(thrown, translations)),
    );
  };
  return (
    <Card title={t.password} description={t.passwordDescription} class="account-password">
      <form
        class="account-form"
        aria-label={t.password}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={t.currentPassword}
          type="password"
          autocomplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <TextField
          label={t.newPassword}
          type="password"
          autocomplete="new-password"
          hint={account.passwordHint}
          value={newPassword}
          onChange={setNewPassword}
        />
        <p class="field-error" role="alert">
          {error}
        </p>
        <p role="status">{status}</p>
        <button class="button button-quiet" disabled={!password || !newPassword}>
          {t.changePassword}
        </button>
      </form>
    </Card>
  );
}

/** Downloads the data of the account, or deletes it. */
export function OwnData() {
  const translations = useTranslations();
  const { accountData: t, states } = translations;
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const download = () => {
    setError("");
    fetchAuthenticated<unknown>("me/export").then(
      (data) => {
        const text = JSON.stringify(data, null, 2);
        saveAs(new Blob([text], { type: "application/json" }), "createtrend-account.json");
      },
      () => setError(states.unavailable),
    );
  };
  const remove = () => {
    setError("");
    deleteAccount(password).catch((thrown: unknown) => setError(errorText(thrown, translations)));
  };
  return (
    <Card title={t.data} description={t.dataDescription}>
      <button type="button" class="button button-quiet" onClick={download}>
        {t.export}
      </button>
      <details class="deletion">
        <summary>{t.deletion}</summary>
        <p>{t.deletionDescription}</p>
        <form
          class="account-form"
          aria-label={t.deletion}
          onSubmit={(event) => {
            event.preventDefault();
            remove();
          }}
        >
          <TextField
            label={t.passwordToDelete}
            type="password"
            autocomplete="current-password"
            value={password}
            onChange={setPassword}
          />
          <button class="button button-quiet" disabled={!password}>
            {t.delete}
          </button>
        </form>
      </details>
      <p class="field-error" role="alert">
        {error}
      </p>
    </Card>
  );
}

function errorText(thrown: unknown, { account, accountData, states }: Translations): string {
  if (!(thrown instanceof ApiError)) return states.failed;
  if (thrown.status === 429) return account.tooManyAttempts;
  if (thrown.fields.password) return accountData.wrongPassword;
  if (thrown.fields.new_password) return account.invalidPassword;
  return thrown.fields.non_field_errors ? accountData.inUse : states.unavailable;
}
