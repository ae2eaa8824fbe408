import type { components } from "../../api/schema";
import { Avatar } from "../../components/avatar";
import { useSubscriberText } from "../../components/estimates";
import { Icon } from "../../components/icon";
import { VideoThumbnail } from "../../components/video-thumbnail";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

type Detail = components["schemas"]["VideoDetailResponse"];

export function VideoSidebar({ detail }: { detail: Detail }) {
  const { video: t } = useTranslations();
  const { video } = detail.video;
  return (
    <div class="video-sidebar">
      <VideoThumbnail url={video.thumbnail_url} size="large" />
      <Channel channel={detail.channel} />
      {video.video_description && (
        <details class="video-description" open>
          <summary>{t.description}</summary>
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
          {t.watch}
          <Icon name="external" />
        </a>
      )}
    </div>
  );
}

/** Links to a search for the channel's name: the response has no channel id. */
function Channel({ channel }: { channel: Detail["channel"] }) {
  const { video: t } = useTranslations();
  const subscriberText = useSubscriberText();
  const name = channel.channel_name ?? "";
  if (!name) return <p class="video-channel">{t.noChannel}</p>;
  const subscribers = subscriberText(channel.subscriber_num, channel.subscriber_estimated);
  return (
    <a class="video-channel" href={urls.channels(name)}>
      <Avatar url={channel.thumbnail_url} name={name} />
      <span>
        <b>{name}</b>
        {subscribers && <span class="meta">{subscribers}</span>}
      </span>
    </a>
  );
}
