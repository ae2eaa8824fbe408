import { useCallback, useMemo } from "preact/hooks";
import type { components } from "../../api/schema";
import { LineFigure } from "../../charts/line-figure";
import { count, times } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { Chips } from "../../parts/chips";
import { Comparison } from "./comparison";
import { VideoSide } from "./video-side";

type Detail = components["schemas"]["VideoDetailResponse"];

export function VideoParts({ detail }: { detail: Detail }) {
  const { lines, video: words } = useWords();
  const language = useLanguage();
  const { video } = detail;
  const [likes] = video.video.videolikes;
  const countOf = (value: number) => count(value, language);
  return (
    <div class="video-parts">
      <VideoSide detail={detail} />
      <div class="video-main">
        <div class="figures">
          <Comparison
            name={words.views}
            value={video.video_views}
            average={video.avg_videoviews}
            format={countOf}
          />
          <Comparison
            name={words.popularity}
            value={video.video_popularity}
            average={video.avg_popularity}
            format={(value) => times(value, language)}
          />
          <Likes likes={likes} />
        </div>
        <Card title={lines.views} about={lines.viewsAbout}>
          <Views points={detail.lines.data} />
        </Card>
        {video.video.videokeywordnew.length > 0 && (
          <Card title={words.keywords}>
            <Chips
              label={words.keywords}
              words={video.video.videokeywordnew.map(({ keyword }) => ({ name: keyword }))}
            />
          </Card>
        )}
      </div>
    </div>
  );
}

function Views({ points }: { points: { date: string; value: number }[] }) {
  const { lines } = useWords();
  const language = useLanguage();
  const series = useMemo(
    () => [{ name: lines.views, tone: "plain" as const, points }],
    [points, lines],
  );
  const format = useCallback((value: number) => count(value, language), [language]);
  return <LineFigure name={lines.views} series={series} format={format} />;
}

function Likes({ likes }: { likes: components["schemas"]["LikesCount"] | undefined }) {
  const { video: words } = useWords();
  const language = useLanguage();
  return (
    <div class="figure" data-testid="likes">
      <h2>{words.likes}</h2>
      <p class="figure-value">{likes ? count(likes.likes, language) : "–"}</p>
      {likes && (
        <p class="figure-note">
          {words.dislikes} {count(likes.dislikes, language)}
        </p>
      )}
    </div>
  );
}
