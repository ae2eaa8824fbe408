import { useFreshness } from "../api/freshness";
import { useTranslations } from "../i18n";
import { urls } from "../router/urls";

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
