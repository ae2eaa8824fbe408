import type { components } from "../../api/schema";
import { useEstimateMark } from "../../components/estimates";
import type { Column } from "../../components/sortable-table";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

type Channel = components["schemas"]["ChannelRow"];

export function useChannelColumns(): Column<Channel>[] {
  const { channel: t, channels, table } = useTranslations();
  const language = useLanguage();
  const count = (value: number) => formatCount(value, language);
  const markEstimate = useEstimateMark();
  // The API returns 0 for unknown values.
  const known = (value: number) => (value === 0 ? null : value);
  return [
    {
      id: "name",
      name: table.channel,
      value: (channel) => channel.channel_name,
      render: ({ idx, channel_name: name }) => (
        <a class="table-title" href={urls.channel(idx)}>
          {name}
        </a>
      ),
    },
    {
      id: "subscribers",
      name: t.subscribers,
      isNumeric: true,
      value: (channel) => known(channel.subscriber_num),
      render: (channel) =>
        channel.subscriber_num === 0
          ? "–"
          : markEstimate(count(channel.subscriber_num), channel.subscriber_estimated),
    },
    {
      id: "videos",
      name: channels.videos,
      isNumeric: true,
      value: (channel) => channel.video_counts,
      render: (channel) => count(channel.video_counts),
    },
    {
      id: "views",
      name: channels.totalViews,
      isNumeric: true,
      value: (channel) => known(channel.max_views_count),
      render: (channel) => (channel.max_views_count === 0 ? "–" : count(channel.max_views_count)),
    },
    {
      id: "ratio",
      name: channels.ratio,
      isNumeric: true,
      value: (channel) => known(channel.popularity),
      render: (channel) =>
        channel.popularity === 0
          ? "–"
          : markEstimate(formatRatio(channel.popularity, language), channel.subscriber_estimated),
    },
  ];
}
