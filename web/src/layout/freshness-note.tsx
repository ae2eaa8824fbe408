import { useFreshness } from "../api/freshness";
import { formatInstant } from "../format/dates";
import { useLanguage, useTranslations } from "../i18n";

/**
 * How current the data of the page is, and whether it is simulated. It is inside the top padding of
 * `main`, so that it causes no layout shift when the response arrives.
 */
export function FreshnessNote() {
  const { data: t } = useTranslations();
  const language = useLanguage();
  const freshness = useFreshness();
  const { is_simulated: isSimulated = false, newest_observation: newest } = freshness ?? {};
  if (!isSimulated && !newest) return null;
  return (
    <p class="freshness-note" data-testid="freshness-note">
      {isSimulated && <b class="badge-warning">{t.simulated}</b>}
      {newest && <span>{t.asOf(formatInstant(newest, language))}</span>}
    </p>
  );
}
