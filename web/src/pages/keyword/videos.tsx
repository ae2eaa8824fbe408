import type { components } from "../../api/schema";
import { count, times } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { VideoRow } from "../../parts/video-row";

type Video = components["schemas"]["FoundVideo"] | components["schemas"]["GrowingVideo"];

export function Videos({ videos }: { videos: Video[] }) {
  const words = useWords().videos;
  const language = useLanguage();
  if (videos.length === 0) return <p class="chart-empty">{words.nothing}</p>;
  return (
    <ul class="video-rows">
      {videos.map((video) => (
        <VideoRow
          key={video.idx}
          idx={video.idx}
          name={video.video_name}
          thumbnail={video.thumbnail_url}
          facts={[
            video.views == null ? null : words.views(count(video.views, language)),
            "views_growth" in video && video.views_growth != null
              ? words.growth(count(video.views_growth, language))
              : // The API gives hundredths here.
                words.ratio(times(video.popularity / 100, language)),
          ]}
        />
      ))}
    </ul>
  );
}
