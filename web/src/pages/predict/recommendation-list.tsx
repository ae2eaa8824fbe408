import type { components } from "../../api/schema";
import type { QueryResult } from "../../api/use-query";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { VideoThumbnail } from "../../components/video-thumbnail";
import { urls } from "../../router/urls";
import { DRAFT_IDS, type DraftId } from "./draft";
import { usePredictTexts } from "./predict-texts";

type Props = {
  result: QueryResult<components["schemas"]["RecommendedVideo"][]>;
  onUseTitle: (id: DraftId, title: string) => void;
};

export function RecommendationList({ result, onUseTitle }: Props) {
  const t = usePredictTexts();
  return (
    <QueryBoundary result={result} skeleton={<Skeleton kind="recommendation" rows={4} />}>
      {(videos) =>
        videos.length === 0 ? (
          <p class="recommendation-hint">{t.recommendationsEmpty}</p>
        ) : (
          <ul class="recommendation-list">
            {videos.map((video) => (
              <li key={video.idx} class="recommendation" data-recommendation={video.idx}>
                <a href={urls.video(video.idx)}>
                  <VideoThumbnail url={video.video_thumbnail_url} />
                  <span class="recommendation-name">{video.video_name}</span>
                  <span class="recommendation-channel">{video.channel_name}</span>
                </a>
                <div class="recommendation-actions">
                  {DRAFT_IDS.map((id) => (
                    <button
                      key={id}
                      type="button"
                      class="button button-quiet button-small"
                      aria-label={`${t.useTitle(t.draft(id))}: ${video.video_name}`}
                      onClick={() => onUseTitle(id, video.video_name)}
                    >
                      {t.useTitleShort(id)}
                    </button>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </QueryBoundary>
  );
}
