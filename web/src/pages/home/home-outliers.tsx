import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { UnavailableCard } from "../../components/query-boundary";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { OutlierCard } from "../videos/outlier-card";

/** The default of the API. */
const DAYS = 28;

/** The first outlier videos with a link to the list; nothing if there are none. */
export function HomeOutliers() {
  const { ranking: t } = useTranslations();
  const { data, error, retry } = useQuery(
    apiQuery("/api/videos/outliers/", { query: { days: DAYS } }),
  );
  if (!data && error) {
    return <UnavailableCard title={t.outliers} retry={retry} class="home-outliers" />;
  }
  if (!data || data.results.length === 0) return null;
  return (
    <OutlierCard
      title={t.outliers}
      description={t.outliersDescription(DAYS)}
      class="home-outliers"
      videos={data.results}
      href={urls.outliers()}
    />
  );
}
