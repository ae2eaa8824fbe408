import type { components } from "../../api/schema";
import { useEstimateMark } from "../../components/estimates";
import { VideoRow } from "../../components/video-row";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";

type Video = components["schemas"]["FoundVideo"] | components["schemas"]["GrowingVideo"];

export function KeywordVideoList({ videos }: { videos: Video[] }) {
  const { videos: t } = useTranslations();
  const markEstimate = useEstimateMark();
  const language = useLanguage();
  if (videos.length === 0) return <p class="chart-empty">{t.empty}</p>;
  return (
    <ul class="video-rows">
      {videos.map((video) => (
        <VideoRow
          key={video.idx}
          idx={video.idx}
          name={video.video_name}
          thumbnail={video.thumbnail_url}
          facts={[
            video.views == null ? null : t.views(formatCount(video.views, language)),
            "views_growth" in video && video.views_growth != null
              ? t.growth(formatCount(video.views_growth, language))
              : // In percent here, unlike on the home page.
                markEstimate(
                  t.ratio(formatRatio(video.popularity / 100, language)),
                  video.popularity_estimated,
                ),
          ]}
        />
      ))}
    </ul>
  );
}
