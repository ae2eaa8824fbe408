import { useFreshness } from "../../api/freshness";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { Avatar } from "../../components/avatar";
import { useSubscriberText } from "../../components/estimates";
import { Icon } from "../../components/icon";
import { VideoThumbnail } from "../../components/video-thumbnail";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

type Detail = components["schemas"]["VideoDetailResponse"];

export function VideoSidebar({ idx, detail }: { idx: number; detail: Detail }) {
  const { video: t } = useTranslations();
  const { video } = detail.video;
  const isSimulated = useFreshness()?.is_simulated ?? false;
  return (
    <div class="video-sidebar">
      <VideoThumbnail url={video.thumbnail_url} size="large" />
      <Channel video={idx} channel={detail.channel} />
      {video.video_description && (
        <details class="video-description" open>
          <summary>{t.description}</summary>
          <p>{video.video_description}</p>
        </details>
      )}
      {!isSimulated && !video.video_id.startsWith("demo") && (
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

type ChannelProps = { video: number; channel: Detail["channel"] };

/** Links to the channel, or to a search for its name. */
function Channel({ video, channel }: ChannelProps) {
  const { video: t } = useTranslations();
  const subscriberText = useSubscriberText();
  const { data } = useQuery(apiQuery("/api/videos/{idx}/outlier/", { path: { idx: video } }));
  const idx = data?.video.channel_idx;
  const name = channel.channel_name ?? "";
  if (!name) return <p class="video-channel">{t.noChannel}</p>;
  const subscribers = subscriberText(channel.subscriber_num, channel.subscriber_estimated);
  return (
    <a class="video-channel" href={idx == null ? urls.channels(name) : urls.channel(idx)}>
      <Avatar url={channel.thumbnail_url} name={name} />
      <span>
        <b>{name}</b>
        {subscribers && <span class="meta">{subscribers}</span>}
      </span>
    </a>
  );
}
