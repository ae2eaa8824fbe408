import type { components } from "../../api/schema";
import { count, times } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Avatar } from "../../parts/avatar";
import { Picture } from "../../parts/picture";
import { to } from "../../router/addresses";

/** A channel in the list: a link to its page. */
export function ChannelCard({ channel }: { channel: components["schemas"]["ChannelRow"] }) {
  const { channel: words, channels } = useWords();
  const language = useLanguage();
  const name = channel.channel_name ?? "";
  const facts = [
    [words.subscribers, count(channel.subscriber_num, language)],
    [channels.videos, count(channel.video_counts, language)],
    [channels.allViews, count(channel.max_views_count, language)],
    [channels.ratio, times(channel.popularity, language)],
  ];
  return (
    <li>
      <a class="channel-card" href={to.channel(channel.idx)} data-channel={channel.idx}>
        <Avatar url={channel.thumbnail_url} name={name} />
        <span class="channel-card-text">
          <span class="channel-card-name">{name}</span>
          <span class="channel-card-about">{channel.channel_description}</span>
          <span class="channel-card-facts">
            {facts.map(([fact, value]) => (
              <span key={fact}>
                {fact} <b>{value}</b>
              </span>
            ))}
          </span>
        </span>
        <span class="channel-card-pictures" aria-hidden="true">
          {channel.recent_videos.map((url, place) => (
            <Picture key={place} url={url} />
          ))}
        </span>
      </a>
    </li>
  );
}
