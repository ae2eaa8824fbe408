import type { components } from "../../api/schema";
import { useEstimateMark } from "../../components/estimates";
import type { Column } from "../../components/sortable-table";
import { formatDate } from "../../format/dates";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { isGainSinceUpload } from "./ranked-video";

type Outlier = components["schemas"]["Outlier"];
type ChartVideo = components["schemas"]["ChartVideo"];

/** The columns that both lists of videos have. */
function useVideoColumns<T extends Outlier | ChartVideo>() {
  const { ranking: t, channel, table, video: labels } = useTranslations();
  const language = useLanguage();
  const markEstimate = useEstimateMark();
  const count = (value: number | null | undefined) =>
    value == null ? "–" : formatCount(value, language);
  // The API returns 0 for unknown numbers.
  const known = (value: number | null | undefined) => (value === 0 ? null : value);
  const title: Column<T> = {
    id: "title",
    name: table.title,
    value: (video) => video.title,
    render: ({ idx, title }) => (
      <a class="table-title" href={urls.video(idx)}>
        {title}
      </a>
    ),
  };
  const facts: Column<T>[] = [
    {
      id: "channel",
      name: table.channel,
      value: (video) => video.channel_name,
      render: ({ channel_idx: idx, channel_name: name }) =>
        idx == null ? (name ?? "–") : <a href={urls.channel(idx)}>{name ?? "–"}</a>,
    },
    {
      id: "subscribers",
      name: channel.subscribers,
      isNumeric: true,
      value: (video) => known(video.subscribers),
      render: ({ subscribers, subscriber_estimated: isEstimated }) =>
        known(subscribers) == null ? "–" : markEstimate(count(subscribers), isEstimated),
    },
    {
      id: "views",
      name: labels.views,
      isNumeric: true,
      value: (video) => video.views,
      render: (video) => count(video.views),
    },
    {
      id: "uploaded",
      name: table.uploaded,
      isNumeric: true,
      value: (video) => Date.parse(video.upload_time),
      render: (video) => formatDate(video.upload_time, language),
    },
  ];
  return { count, facts, language, ranking: t, table, title };
}

export function useOutlierColumns(): Column<Outlier>[] {
  const { count, facts, language, table, title } = useVideoColumns<Outlier>();
  return [
    title,
    {
      id: "ratio",
      name: table.ratio,
      isNumeric: true,
      value: (video) => video.ratio,
      render: (video) =>
        formatRatio(video.ratio, language) + (video.is_small_sample ? table.smallSample : ""),
    },
    {
      id: "age",
      name: table.viewsAtAge,
      isNumeric: true,
      value: (video) => video.views_at_age,
      render: (video) => count(video.views_at_age),
    },
    {
      id: "expected",
      name: table.expected,
      isNumeric: true,
      value: (video) => video.expected_views,
      render: (video) => count(Math.round(video.expected_views)),
    },
    ...facts,
  ];
}

export function useGainingColumns(): Column<ChartVideo>[] {
  const { count, facts, ranking, table, title } = useVideoColumns<ChartVideo>();
  return [
    title,
    {
      id: "rank",
      name: table.rank,
      isNumeric: true,
      value: (video) => video.rank,
      render: (video) => video.rank,
    },
    {
      id: "gained",
      name: table.gained,
      isNumeric: true,
      value: (video) => video.gained_24h,
      render: (video) =>
        ranking.gained(count(video.gained_24h)) +
        (isGainSinceUpload(video) ? ranking.sinceUpload : ""),
    },
    ...facts,
  ];
}
