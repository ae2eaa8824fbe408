import type { components } from "../../api/schema";
import type { QueryResult } from "../../api/use-query";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { VideoThumbnail } from "../../components/video-thumbnail";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { LETTERS, type Letter } from "./draft";

type Props = {
  result: QueryResult<components["schemas"]["RecommendedVideo"][]>;
  onUseTitle: (letter: Letter, title: string) => void;
};

export function IdeaList({ result, onUseTitle }: Props) {
  const { predict: t } = useTranslations();
  return (
    <QueryBoundary result={result} skeleton={<Skeleton kind="idea" rows={4} />}>
      {(ideas) =>
        ideas.length === 0 ? (
          <p class="ideas-start">{t.ideasEmpty}</p>
        ) : (
          <ul class="idea-list">
            {ideas.map((idea) => (
              <li key={idea.idx} class="idea" data-idea={idea.idx}>
                <a href={urls.video(idea.idx)}>
                  <VideoThumbnail url={idea.video_thumbnail_url} />
                  <span class="idea-name">{idea.video_name}</span>
                  <span class="idea-channel">{idea.channel_name}</span>
                </a>
                <div class="idea-actions">
                  {LETTERS.map((letter) => (
                    <button
                      key={letter}
                      type="button"
                      class="button button-quiet button-small"
                      aria-label={`${t.useTitle(t.draft(letter))}: ${idea.video_name}`}
                      onClick={() => onUseTitle(letter, idea.video_name)}
                    >
                      {t.useTitleShort(letter)}
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
