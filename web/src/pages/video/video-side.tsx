import type { components } from "../../api/schema";
import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Avatar } from "../../parts/avatar";
import { Icon } from "../../parts/icon";
import { Picture } from "../../parts/picture";
import { to } from "../../router/addresses";

type Detail = components["schemas"]["VideoDetailResponse"];

/** The picture, whose it is, and what it says of itself. */
export function VideoSide({ detail }: { detail: Detail }) {
  const { video: words } = useWords();
  const { video } = detail.video;
  return (
    <div class="video-side">
      <Picture url={video.thumbnail_url} class="picture-large" />
      <Channel channel={detail.channel} />
      {video.video_description && (
        <details class="video-description" open>
          <summary>{words.description}</summary>
          <p>{video.video_description}</p>
        </details>
      )}
      {!video.video_id.startsWith("demo") && (
        <a
          class="button button-quiet"
          href={`https://www.youtube.com/watch?v=${encodeURIComponent(video.video_id)}`}
          target="_blank"
          rel="noreferrer"
        >
          {words.watch}
          <Icon name="out" />
        </a>
      )}
    </div>
  );
}

/** The API does not give a channel's number here: a search for its name leads to it. */
function Channel({ channel }: { channel: Detail["channel"] }) {
  const { video: words } = useWords();
  const language = useLanguage();
  const name = channel.channel_name ?? "";
  if (!name) return <p class="video-channel">{words.noChannel}</p>;
  const subscribers = channel.subscriber_num;
  return (
    <a class="video-channel" href={to.channels(name)}>
      <Avatar url={channel.thumbnail_url} name={name} />
      <span>
        <b>{name}</b>
        {subscribers != null && (
          <span class="video-row-facts">{words.subscribers(count(subscribers, language))}</span>
        )}
      </span>
    </a>
  );
}
