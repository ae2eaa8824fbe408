import type { components } from "../../api/schema";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { Avatar } from "../../components/avatar";
import { useEstimateMark } from "../../components/estimates";
import { VideoThumbnail } from "../../components/video-thumbnail";
import { urls } from "../../router/urls";

export function ChannelCard({ channel }: { channel: components["schemas"]["ChannelRow"] }) {
  const { channel: t, channels, units } = useTranslations();
  const language = useLanguage();
  const name = channel.channel_name ?? "";
  const markEstimate = useEstimateMark();
  const mark = (text: string) => markEstimate(text, channel.subscriber_estimated);
  const count = (value: number) => formatCount(value, language);
  // The API returns 0 for unknown values.
  const known = (value: number, format: (value: number) => string) =>
    value === 0 ? "–" : format(value);
  const facts = [
    [t.subscribers, known(channel.subscriber_num, (n) => mark(units.people(count(n))))],
    [channels.videos, units.videos(count(channel.video_counts))],
    [channels.totalViews, known(channel.max_views_count, (n) => units.views(count(n)))],
    [channels.ratio, known(channel.popularity, (ratio) => mark(formatRatio(ratio, language)))],
  ];
  return (
    <li>
      <a class="channel-card" href={urls.channel(channel.idx)} data-channel={channel.idx}>
        <Avatar url={channel.thumbnail_url} name={name} />
        <span class="channel-card-text">
          <span class="channel-card-name">{name}</span>
          <span class="channel-card-description">{channel.channel_description}</span>
          <span class="channel-card-facts">
            {facts.map(([fact, value]) => (
              <span key={fact}>
                {fact} <b>{value}</b>
              </span>
            ))}
          </span>
        </span>
        <span class="channel-card-thumbnails" aria-hidden="true">
          {channel.recent_videos.map((url, index) => (
            <VideoThumbnail key={index} url={url} />
          ))}
        </span>
      </a>
    </li>
  );
}
