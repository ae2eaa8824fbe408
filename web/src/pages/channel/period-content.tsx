import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import type { Period } from "../../charts/period";
import { Card } from "../../components/card";
import { EmptyState } from "../../components/empty-state";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { WordMap } from "../../components/word-map";
import { distinctKeywords } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { withParams } from "../../router/urls";
import { ChannelVideoList } from "./channel-video-list";

type Props = { idx: number; period: Period };

/** Keywords and videos of the uploads in a period. */
export function PeriodContent({ idx, period }: Props) {
  const { channel, wordmap } = useTranslations();
  const { path, params } = useLocation();
  const parameters = { path: { idx }, query: period };
  const result = useQuery(apiQuery("/api/youtuber_search/channel_period_data/{idx}/", parameters));
  return (
    <QueryBoundary result={result} skeleton={<PeriodSkeleton />}>
      {(data) => {
        // Narrows the type: the API returns an array only for requests without a period.
        if (Array.isArray(data)) return null;
        return data.video.data.length === 0 ? (
          <div class="card-wide">
            <EmptyState title={channel.periodEmpty}>
              <a
                class="button button-quiet"
                href={withParams(path, params, {
                  days: undefined,
                  start: undefined,
                  end: undefined,
                })}
              >
                {channel.allPeriods}
              </a>
            </EmptyState>
          </div>
        ) : (
          <>
            <Card title={channel.keywords} description={wordmap.channelDescription}>
              <WordMap keywords={distinctKeywords(data.keyword.pie)} label={channel.keywords} />
            </Card>
            <Card title={channel.periodVideos} description={channel.periodVideosDescription}>
              <ChannelVideoList label={channel.periodVideos} videos={data.video.data} hasGain />
            </Card>
          </>
        );
      }}
    </QueryBoundary>
  );
}

function PeriodSkeleton() {
  const { channel } = useTranslations();
  return (
    <>
      <Card title={channel.keywords} isBusy>
        <Skeleton kind="wordmap" />
      </Card>
      <Card title={channel.periodVideos} description={channel.periodVideosDescription} isBusy>
        <Skeleton kind="video" rows={5} />
      </Card>
    </>
  );
}
