import { to } from "../router/addresses";
import { Picture } from "./picture";

type Props = {
  idx: number;
  name: string;
  thumbnail: string | null | undefined;
  /** What is known of it, in a few words. */
  facts: (string | null | undefined)[];
};

/** A video in a list: a link to its page. */
export function VideoRow({ idx, name, thumbnail, facts }: Props) {
  return (
    <li>
      <a class="video-row" href={to.video(idx)} data-video={idx}>
        <Picture url={thumbnail} />
        <span class="video-row-text">
          <span class="video-row-name">{name}</span>
          <span class="video-row-facts">
            {facts
              .filter((fact) => fact)
              .map((fact) => (
                <span key={fact}>{fact}</span>
              ))}
          </span>
        </span>
      </a>
    </li>
  );
}
