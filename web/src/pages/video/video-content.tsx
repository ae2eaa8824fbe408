import { useMemo } from "preact/hooks";
import type { components } from "../../api/schema";
import { LineChart, useCountFormats } from "../../charts/line-chart";
import { latestOfDay } from "../../charts/series";
import { Card } from "../../components/card";
import { KeywordChips } from "../../components/keyword-chips";
import { addDays, today } from "../../format/dates";
import { distinctKeywords } from "../../format/keywords";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { EarlyForecast } from "./early-forecast";
import { MetricCard } from "./metric-card";
import { OutlierFigure } from "./outlier-figure";
import { VideoSidebar } from "./video-sidebar";

type Detail = components["schemas"]["VideoDetailResponse"];

export function VideoContent({ idx, detail }: { idx: number; detail: Detail }) {
  const { charts, units, video: t } = useTranslations();
  const language = useLanguage();
  const { video } = detail;
  const [likes] = video.video.videolikes;
  const tags = video.video.videokeywordnew.map(({ keyword }) => ({ name: keyword }));
  const keywords = distinctKeywords(tags).map(({ name }) => name);
  const isComparable = isOldEnough(detail.lines.data);
  return (
    <div class="video-content">
      <VideoSidebar detail={detail} />
      <div class="video-main">
        <OutlierFigure idx={idx} />
        <div class="figures">
          <MetricCard
            name={t.views}
            value={video.video_views}
            average={video.avg_videoviews}
            isComparable={isComparable}
            format={(value) => units.views(formatCount(value, language))}
          />
          <MetricCard
            name={t.popularity}
            value={video.video_popularity}
            average={video.avg_popularity}
            isComparable={isComparable}
            format={(value) => formatRatio(value, language)}
            isEstimated={video.popularity_estimated}
          />
          <Likes likes={likes} />
          <EarlyForecast idx={idx} />
        </div>
        {detail.lines.data.length > 0 && (
          <Card title={charts.views} description={charts.viewsDescription}>
            <ViewsChart points={detail.lines.data} />
          </Card>
        )}
        {keywords.length > 0 && (
          <Card title={t.keywords}>
            <KeywordChips label={t.keywords} keywords={keywords} />
          </Card>
        )}
      </div>
    </div>
  );
}

/** Days of observation after which a video is compared with the average of the last 14 days. */
const MIN_COMPARABLE_DAYS = 7;

/**
 * Whether the views of a video may be compared with the average, whose videos are seven days old on
 * average. The age is at least the time since the first observation.
 */
function isOldEnough([first]: ViewsPoint[]): boolean {
  return first !== undefined && first.date <= addDays(today(), -MIN_COMPARABLE_DAYS);
}

type ViewsPoint = { date: string; value: number };

function ViewsChart({ points }: { points: ViewsPoint[] }) {
  const { charts, units } = useTranslations();
  const series = useMemo(
    () => [{ name: charts.views, tone: "plain" as const, points: latestOfDay(points) }],
    [points, charts],
  );
  const formats = useCountFormats(units.views);
  return <LineChart name={charts.views} series={series} {...formats} empty={charts.viewsEmpty} />;
}

function Likes({ likes }: { likes: components["schemas"]["LikesCount"] | undefined }) {
  const { units, video: t } = useTranslations();
  const language = useLanguage();
  return (
    <div class="figure" data-testid="likes">
      <h2>{t.likes}</h2>
      <p class="figure-value">{likes ? units.items(formatCount(likes.likes, language)) : "–"}</p>
    </div>
  );
}
