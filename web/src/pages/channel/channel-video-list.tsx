import type { components } from "../../api/schema";
import { SortableTable, type Column } from "../../components/sortable-table";
import { formatDate } from "../../format/dates";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

type Video = components["schemas"]["ChannelVideo"];

/** A table of videos in the order of the API, which can be sorted. */
export function ChannelVideoList({ label, videos }: { label: string; videos: Video[] }) {
  const { table: t, video: labels, videos: texts } = useTranslations();
  const language = useLanguage();
  if (videos.length === 0) return <p class="chart-empty">{texts.empty}</p>;
  const viewsOf = (video: Video) => video.videoviews.at(-1)?.views;
  const columns: Column<Video>[] = [
    {
      id: "title",
      name: t.title,
      value: (video) => video.video_name,
      render: ({ idx, video_name: name }) => (
        <a class="table-title" href={urls.video(idx)}>
          {name}
        </a>
      ),
    },
    {
      id: "views",
      name: labels.views,
      isNumeric: true,
      value: viewsOf,
      render: (video) => {
        const views = viewsOf(video);
        return views === undefined ? "–" : formatCount(views, language);
      },
    },
    {
      id: "uploaded",
      name: t.uploaded,
      isNumeric: true,
      value: ({ upload_time: time }) => (time ? Date.parse(`${time}Z`) : null),
      render: ({ upload_time: time }) => (time ? formatDate(time, language) : "–"),
    },
  ];
  return <SortableTable label={label} columns={columns} rows={videos} rowKey={({ idx }) => idx} />;
}
