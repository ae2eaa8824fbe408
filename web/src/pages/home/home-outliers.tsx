import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { Icon } from "../../components/icon";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { OutlierVideo } from "../videos/ranked-video";

/** The number of videos. */
const MAX_VIDEOS = 3;
/** The default of the API. */
const DAYS = 28;

/** The first outlier videos with a link to the list; nothing if there are none. */
export function HomeOutliers() {
  const { ranking: t } = useTranslations();
  const { data } = useQuery(apiQuery("/api/videos/outliers/", { query: { days: DAYS } }));
  if (!data || data.results.length === 0) return null;
  return (
    <Card
      title={t.outliers}
      description={t.outliersDescription(DAYS)}
      class="home-outliers"
      actions={
        <a class="button button-quiet button-small" href={urls.outliers()}>
          {t.more}
          <Icon name="arrow" />
        </a>
      }
    >
      <ol class="ranked-videos">
        {data.results.slice(0, MAX_VIDEOS).map((video) => (
          <OutlierVideo key={video.idx} video={video} />
        ))}
      </ol>
    </Card>
  );
}
