import { useFreshness } from "../api/freshness";
import { formatInstant } from "../format/dates";
import { useLanguage, useTranslations } from "../i18n";
import { urls } from "../router/urls";

/**
 * How current the data of the page is, and whether it is simulated. It is inside the top padding of
 * `main`, so that it causes no layout shift when the response arrives.
 */
export function DataNote() {
  const { data: t } = useTranslations();
  const language = useLanguage();
  const freshness = useFreshness();
  const { is_simulated: isSimulated = false, newest_observation: newest } = freshness ?? {};
  if (!isSimulated && !newest) return null;
  return (
    <p class="data-note" data-testid="data-note">
      {isSimulated && <b class="data-note-simulated">{t.simulated}</b>}
      {newest && <span>{t.asOf(formatInstant(newest, language))}</span>}
    </p>
  );
}

export function Footer() {
  const { data: t, status } = useTranslations();
  const isSimulated = useFreshness()?.is_simulated;
  return (
    <footer class="footer">
      {isSimulated && <p>{t.simulatedDescription}</p>}
      <a href={urls.status()}>{status.title}</a>
    </footer>
  );
}
