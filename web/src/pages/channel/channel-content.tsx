import type { components } from "../../api/schema";
import { HAS_BRUSH, type Period } from "../../charts/period";
import { BestTimes } from "../../components/best-times";
import { Card } from "../../components/card";
import { Skeleton } from "../../components/skeleton";
import { WordMap } from "../../components/word-map";
import { distinctKeywords } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { ChannelVideoList } from "./channel-video-list";
import { DailyRecord } from "./daily-record";
import { PeriodContent } from "./period-content";
import { PeriodPicker } from "./period-picker";
import { SubscriberChart } from "./subscriber-chart";

type Data = components["schemas"]["ChannelDetail"];

/** Renders skeletons while there is no data. */
export function ChannelContent({ idx, data }: { idx: number; data?: Data }) {
  const { bestTimes, channel, charts, wordmap } = useTranslations();
  const period = parsePeriod(useLocation().params);
  return (
    <div class="channel-content">
      <Card
        title={charts.subscribers}
        description={HAS_BRUSH ? channel.periodDescription : channel.periodDescriptionTouch}
        actions={<PeriodPicker period={period} />}
        class="card-wide"
        isBusy={!data}
      >
        {data ? (
          <SubscriberChart points={data.line.data} period={period} />
        ) : (
          <Skeleton kind="chart" />
        )}
      </Card>
      {period ? (
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
              <ChannelVideoList videos={data.video.data} />
            ) : (
              <Skeleton kind="video" rows={5} />
            )}
          </Card>
        </>
      )}
      {data && (
        <>
          <DailyRecord idx={idx} />
          <BestTimes query={{ channel: idx }} description={bestTimes.channelDescription} />
        </>
      )}
    </div>
  );
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the period from the URL; undefined if a date is missing or malformed. */
function parsePeriod(params: URLSearchParams): Period | undefined {
  const [start, end] = [params.get("start"), params.get("end")];
  if (!start || !end || !DATE.test(start) || !DATE.test(end)) return undefined;
  return { start, end };
}
