import type { components } from "../../api/schema";
import type { Loaded } from "../../api/use-api";
import { useWords } from "../../i18n/words";
import { WhenLoaded } from "../../parts/loaded";
import { Picture } from "../../parts/picture";
import { Skeleton } from "../../parts/skeleton";
import { to } from "../../router/addresses";
import { LETTERS, type Letter } from "./draft";

type Idea = components["schemas"]["RecommendedVideo"];

type Props = { loaded: Loaded<Idea[]>; use: (letter: Letter, title: string) => void };

/** Videos to learn from. A button takes a title into a draft. */
export function IdeaList({ loaded, use }: Props) {
  const { predict: words } = useWords();
  return (
    <WhenLoaded loaded={loaded} skeleton={<Skeleton kind="idea" rows={4} />}>
      {(ideas) =>
        ideas.length === 0 ? (
          <p class="ideas-start">{words.ideasNothing}</p>
        ) : (
          <ul class="idea-list">
            {ideas.map((idea) => (
              <li key={idea.idx} class="idea" data-idea={idea.idx}>
                <a href={to.video(idea.idx)}>
                  <Picture url={idea.video_thumbnail_url} />
                  <span class="idea-name">{idea.video_name}</span>
                  <span class="idea-channel">{idea.channel_name}</span>
                </a>
                <div class="idea-uses">
                  {LETTERS.map((letter) => (
                    <button
                      key={letter}
                      type="button"
                      class="button button-quiet button-small"
                      aria-label={`${words.use(words.draft(letter))}: ${idea.video_name}`}
                      onClick={() => use(letter, idea.video_name)}
                    >
                      {words.useShort(letter)}
                    </button>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </WhenLoaded>
  );
}
