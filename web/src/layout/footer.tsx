import { useFreshness } from "../api/freshness";
import { useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { urls } from "../router/urls";

export function Footer() {
  const { data: t, nav } = useTranslations();
  const { path } = useLocation();
  const isSimulated = useFreshness()?.is_simulated;
  return (
    <footer class="footer">
      {isSimulated && <p>{t.simulatedDescription}</p>}
      {path !== urls.status() && <a href={urls.status()}>{nav.status}</a>}
    </footer>
  );
}
