import type { components } from "../../api/schema";
import { SortableTable, type Column } from "../../components/sortable-table";
import { formatDate } from "../../format/dates";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

type Video = components["schemas"]["ChannelVideo"];

/** The least time between two daily observations, in milliseconds. */
const DAY_APART = 20 * 3_600_000;

/** The views since the observation at least a day before the last one, or else since the first. */
function gainedViews({ videoviews: counts }: Video): number | undefined {
  const last = counts.at(-1);
  if (!last || counts.length < 2) return undefined;
  const time = ({ check_time: checked }: { check_time: string }) => Date.parse(`${checked}Z`);
  const before = counts.findLast((count) => time(last) - time(count) >= DAY_APART) ?? counts[0];
  return before && last.views - before.views;
}

/** `hasGain` adds the views by which the API sorts the videos of a period. */
type Props = { label: string; videos: Video[]; hasGain?: boolean };

/** A table of videos in the order of the API, which can be sorted. */
export function ChannelVideoList({ label, videos, hasGain = false }: Props) {
  const { table: t, video: labels, videos: texts } = useTranslations();
  const language = useLanguage();
  if (videos.length === 0) return <p class="chart-empty">{texts.empty}</p>;
  const viewsOf = (video: Video) => video.videoviews.at(-1)?.views;
  const count = (value: number | undefined) =>
    value === undefined ? "–" : formatCount(value, language);
  const gained: Column<Video> = {
    id: "gained",
    name: t.latestGain,
    isNumeric: true,
    value: gainedViews,
    render: (video) => count(gainedViews(video)),
  };
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
      render: (video) => count(viewsOf(video)),
    },
    ...(hasGain ? [gained] : []),
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
