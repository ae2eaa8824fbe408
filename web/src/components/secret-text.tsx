import { useState } from "preact/hooks";
import { useTranslations } from "../i18n";

/** A secret that is shown once, with a button that copies it. */
export function SecretText({ label, secret }: { label: string; secret: string }) {
  const { secrets: t } = useTranslations();
  const [status, setStatus] = useState("");
  const copy = () => {
    // The browser offers a clipboard only on https and localhost.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const copying = clipboard?.writeText(secret) ?? Promise.reject(new Error("no clipboard"));
    copying.then(
      () => setStatus(t.copied),
      () => setStatus(t.copyFailed),
    );
  };
  return (
    <div class="secret">
      <p>{t.once}</p>
      <code aria-label={label} data-testid="secret">
        {secret}
      </code>
      <div class="account-actions">
        <button type="button" class="button button-small" onClick={copy}>
          {t.copy}
        </button>
        <span role="status">{status}</span>
      </div>
    </div>
  );
}
