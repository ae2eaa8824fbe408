import type { components } from "../../api/schema";
import { day } from "../../format/dates";
import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { VideoRow } from "../../parts/video-row";

/** A channel's videos, with their views as last counted. */
export function Videos({ videos }: { videos: components["schemas"]["ChannelVideo"][] }) {
  const words = useWords().videos;
  const language = useLanguage();
  if (videos.length === 0) return <p class="chart-empty">{words.nothing}</p>;
  return (
    <ul class="video-rows">
      {videos.map((video) => {
        const last = video.videoviews.at(-1);
        return (
          <VideoRow
            key={video.idx}
            idx={video.idx}
            name={video.video_name}
            thumbnail={video.thumbnail_url}
            facts={[
              last && words.views(count(last.views, language)),
              video.upload_time && day(video.upload_time, language),
            ]}
          />
        );
      })}
    </ul>
  );
}
