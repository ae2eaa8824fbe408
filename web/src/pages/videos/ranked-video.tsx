import type { ComponentChildren } from "preact";
import type { components } from "../../api/schema";
import { useSubscriberText } from "../../components/estimates";
import { useVideoFacts } from "../../components/video-facts";
import { VideoThumbnail } from "../../components/video-thumbnail";
import { formatInstant } from "../../format/dates";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

type Outlier = components["schemas"]["Outlier"];
type ChartVideo = components["schemas"]["ChartVideo"];

/** A video with its views against those of the channel's earlier videos. */
export function OutlierVideo({ video }: { video: Outlier }) {
  const { ranking: t } = useTranslations();
  const language = useLanguage();
  const count = (views: number) => formatCount(views, language);
  return (
    <RankedVideo
      video={video}
      figure={t.usual(formatRatio(video.ratio, language))}
      note={
        video.is_small_sample ? (
          <span class="badge-warning" data-testid="small-sample">
            {t.smallSample(video.sample)}
          </span>
        ) : (
          t.sample(video.sample)
        )
      }
      fact={t.viewsAtAge(
        video.age_days,
        count(video.views_at_age),
        count(Math.round(video.expected_views)),
      )}
    />
  );
}

const DAY = 86_400_000;

/** Whether the gained views are all views: the video was last observed on its first day. */
export function isGainSinceUpload({ observed_at: observed, upload_time: uploaded }: ChartVideo) {
  return observed != null && Date.parse(observed) - Date.parse(uploaded) <= DAY;
}

/** A video with the views that it gained in 24 hours. */
export function GainingVideo({ video }: { video: ChartVideo }) {
  const { ranking: t } = useTranslations();
  const language = useLanguage();
  const count = (views: number) => formatCount(views, language);
  const { observed_at: observed, upload_time: uploaded } = video;
  const gainedNote = isGainSinceUpload(video) ? t.gainedSinceUpload : t.gainedUntil;
  return (
    <RankedVideo
      video={video}
      rank={video.rank}
      figure={t.gained(count(video.gained_24h))}
      note={gainedNote(formatInstant(observed ?? uploaded, language))}
      fact={video.views == null ? null : t.totalViews(count(video.views))}
    />
  );
}

type Props = {
  video: Outlier | ChartVideo;
  rank?: number;
  figure: string;
  note: ComponentChildren;
  fact: string | null;
};

function RankedVideo({ video, rank, figure, note, fact }: Props) {
  const { channel_idx: channel, subscribers } = video;
  const subscriberCount = useSubscriberText()(subscribers, video.subscriber_estimated);
  const facts = useVideoFacts()(video);
  return (
    <li class="ranked-video" data-video={video.idx}>
      <a class="ranked-thumbnail" href={urls.video(video.idx)} tabIndex={-1} aria-hidden="true">
        <VideoThumbnail url={video.thumbnail_url} />
        {rank !== undefined && <span class="ranked-rank">{rank}</span>}
      </a>
      <div>
        <h2 class="ranked-title">
          {rank !== undefined && <span class="sr-only">{rank}. </span>}
          <a href={urls.video(video.idx)}>{video.title}</a>
        </h2>
        <p class="ranked-channel">
          {channel != null && video.channel_name && (
            <a href={urls.channel(channel)}>{video.channel_name}</a>
          )}
          {subscriberCount && <span>{subscriberCount}</span>}
        </p>
        <p class="meta">
          {facts.map((item) => (
            <span key={item}>{item}</span>
          ))}
        </p>
      </div>
      <div class="ranked-figure">
        <p class="ranked-value">{figure}</p>
        {fact && <p class="ranked-fact">{fact}</p>}
        <p class="figure-note">{note}</p>
      </div>
    </li>
  );
}
