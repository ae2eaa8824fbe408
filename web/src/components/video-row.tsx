import { urls } from "../router/urls";
import { VideoThumbnail } from "./video-thumbnail";

type Props = {
  idx: number;
  name: string;
  thumbnail: string | null | undefined;
  /** Empty values are omitted. */
  facts: (string | null | undefined)[];
};

export function VideoRow({ idx, name, thumbnail, facts }: Props) {
  return (
    <li>
      <a class="video-row" href={urls.video(idx)} data-video={idx}>
        <VideoThumbnail url={thumbnail} />
        <span class="video-row-text">
          <span class="video-row-name">{name}</span>
          <span class="meta">
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
