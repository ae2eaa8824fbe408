import type { components } from "../../api/schema";
import { formatDate } from "../../format/dates";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { VideoRow } from "../../components/video-row";

export function ChannelVideoList({ videos }: { videos: components["schemas"]["ChannelVideo"][] }) {
  const { videos: t } = useTranslations();
  const language = useLanguage();
  if (videos.length === 0) return <p class="chart-empty">{t.empty}</p>;
  return (
    <ul class="video-rows">
      {videos.map((video) => {
        const latest = video.videoviews.at(-1);
        return (
          <VideoRow
            key={video.idx}
            idx={video.idx}
            name={video.video_name}
            thumbnail={video.thumbnail_url}
            facts={[
              latest && t.views(formatCount(latest.views, language)),
              video.upload_time && formatDate(video.upload_time, language),
            ]}
          />
        );
      })}
    </ul>
  );
}
