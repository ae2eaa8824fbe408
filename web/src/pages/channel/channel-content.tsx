import type { components } from "../../api/schema";
import { HAS_BRUSH } from "../../charts/period";
import { BestTimes, useBestTimes } from "../../components/best-times";
import { Card } from "../../components/card";
import { EmptyState } from "../../components/empty-state";
import { PeriodPicker, usePeriod } from "../../components/period-picker";
import { Skeleton } from "../../components/skeleton";
import { WordMap } from "../../components/word-map";
import { distinctKeywords } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { ChannelVideoList } from "./channel-video-list";
import { ChannelHistory } from "./channel-history";
import { PeriodContent } from "./period-content";
import { SubscriberChart } from "./subscriber-chart";

type Data = components["schemas"]["ChannelDetail"];

/** The days of the history if no period is selected. */
const DEFAULT_DAYS = 28;

/** Renders skeletons while there is no data. */
export function ChannelContent({ idx, data }: { idx: number; data?: Data }) {
  const { bestTimes, channel, charts, wordmap } = useTranslations();
  const selected = usePeriod(DEFAULT_DAYS);
  const times = useBestTimes({ channel: idx });
  const period = selected.isSelected ? selected.period : undefined;
  return (
    <div class="channel-content">
      <div class="card-wide">
        <PeriodPicker selected={selected} defaultDays={DEFAULT_DAYS} hasAll />
        {selected.isInvalid && <EmptyState title={channel.invalidPeriod} />}
      </div>
      {data?.line.data.length !== 0 && (
        <Card
          title={charts.subscribers}
          description={`${HAS_BRUSH ? channel.periodDescription : channel.periodDescriptionTouch} ${charts.cutAxis}`}
          class="card-wide"
          isBusy={!data}
        >
          {data ? (
            <SubscriberChart points={data.line.data} period={period} />
          ) : (
            <Skeleton kind="chart" />
          )}
        </Card>
      )}
      <ChannelHistory idx={idx} />
      {selected.isInvalid ? null : period ? (
        <PeriodContent key={`${period.start} ${period.end}`} idx={idx} period={period} />
      ) : (
        <>
          <Card title={channel.keywords} description={wordmap.channelDescription} isBusy={!data}>
            {data ? (
              <WordMap keywords={distinctKeywords(data.keyword.pie)} label={channel.keywords} />
            ) : (
              <Skeleton kind="wordmap" />
            )}
          </Card>
          <Card title={channel.topVideos} isBusy={!data}>
            {data ? (
              <ChannelVideoList label={channel.topVideos} videos={data.video.data} />
            ) : (
              <Skeleton kind="video" rows={5} />
            )}
          </Card>
        </>
      )}
      <BestTimes result={times} description={bestTimes.channelDescription} />
    </div>
  );
}
