import { useCallback, useMemo } from "preact/hooks";
import type { components } from "../../api/schema";
import { LineChart } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { KeywordChips } from "../../components/keyword-chips";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { EarlyForecast } from "./early-forecast";
import { MetricCard } from "./metric-card";
import { VideoSidebar } from "./video-sidebar";

type Detail = components["schemas"]["VideoDetailResponse"];

export function VideoContent({ idx, detail }: { idx: number; detail: Detail }) {
  const { charts, video: t } = useTranslations();
  const language = useLanguage();
  const { video } = detail;
  const [likes] = video.video.videolikes;
  const keywords = video.video.videokeywordnew.map(({ keyword }) => keyword);
  return (
    <div class="video-content">
      <VideoSidebar detail={detail} />
      <div class="video-main">
        <div class="figures">
          <MetricCard
            name={t.views}
            value={video.video_views}
            average={video.avg_videoviews}
            format={(value) => formatCount(value, language)}
          />
          <MetricCard
            name={t.popularity}
            value={video.video_popularity}
            average={video.avg_popularity}
            format={(value) => formatRatio(value, language)}
            isEstimated={video.popularity_estimated}
          />
          <Likes likes={likes} />
          <EarlyForecast idx={idx} />
        </div>
        <Card title={charts.views} description={charts.viewsDescription}>
          <ViewsChart points={detail.lines.data} />
        </Card>
        {keywords.length > 0 && (
          <Card title={t.keywords}>
            <KeywordChips label={t.keywords} keywords={keywords} />
          </Card>
        )}
      </div>
    </div>
  );
}

function ViewsChart({ points }: { points: { date: string; value: number }[] }) {
  const { charts } = useTranslations();
  const language = useLanguage();
  const series = useMemo(
    () => [{ name: charts.views, tone: "plain" as const, points }],
    [points, charts],
  );
  const format = useCallback((value: number) => formatCount(value, language), [language]);
  return <LineChart name={charts.views} series={series} format={format} />;
}

function Likes({ likes }: { likes: components["schemas"]["LikesCount"] | undefined }) {
  const { video: t } = useTranslations();
  const language = useLanguage();
  return (
    <div class="figure" data-testid="likes">
      <h2>{t.likes}</h2>
      <p class="figure-value">{likes ? formatCount(likes.likes, language) : "–"}</p>
      {likes && (
        <p class="figure-note">
          {t.dislikes} {formatCount(likes.dislikes, language)}
        </p>
      )}
    </div>
  );
}
