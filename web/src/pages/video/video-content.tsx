import { useMemo } from "preact/hooks";
import type { components } from "../../api/schema";
import { LineChart, useCountFormats } from "../../charts/line-chart";
import { latestOfDay } from "../../charts/series";
import { Card } from "../../components/card";
import { useEstimateMark } from "../../components/estimates";
import { KeywordChips } from "../../components/keyword-chips";
import { formatDate } from "../../format/dates";
import { distinctKeywords } from "../../format/keywords";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { EarlyForecast } from "./early-forecast";
import { OutlierFigure } from "./outlier-figure";
import { VideoSidebar } from "./video-sidebar";

type Detail = components["schemas"]["VideoDetailResponse"];

export function VideoContent({ idx, detail }: { idx: number; detail: Detail }) {
  const { charts, units, video: t } = useTranslations();
  const language = useLanguage();
  const markEstimate = useEstimateMark();
  const { video } = detail;
  const { video_views: views, video_popularity: popularity } = video;
  const [likes] = video.video.videolikes;
  const tags = video.video.videokeywordnew.map(({ keyword }) => ({ name: keyword }));
  const keywords = distinctKeywords(tags).map(({ name }) => name);
  const last = detail.lines.data.at(-1);
  return (
    <div class="video-content">
      <VideoSidebar idx={idx} detail={detail} />
      <div class="video-main">
        <OutlierFigure idx={idx} />
        <div class="figures">
          <Figure
            name={t.views}
            value={views == null ? "–" : units.views(formatCount(views, language))}
            note={last && t.observed(formatDate(last.date, language))}
          />
          <Figure
            name={t.popularity}
            value={
              popularity == null
                ? "–"
                : markEstimate(formatRatio(popularity, language), video.popularity_estimated)
            }
          />
          <Figure
            name={t.likes}
            value={likes ? units.items(formatCount(likes.likes, language)) : "–"}
          />
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

type FigureProps = { name: string; value: string; note?: string | undefined };

function Figure({ name, value, note }: FigureProps) {
  return (
    <div class="figure" data-figure={name}>
      <h2>{name}</h2>
      <p class="figure-value">{value}</p>
      {note && <p class="figure-note">{note}</p>}
    </div>
  );
}
