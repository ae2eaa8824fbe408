import type { components } from "../../api/schema";
import { CAN_DRAG } from "../../charts/period";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { Skeleton } from "../../parts/skeleton";
import { WordMap } from "../../parts/word-map";
import { usePlace } from "../../router/location";
import { periodOf } from "./period";
import { PeriodParts } from "./period-parts";
import { PeriodPicker } from "./period-picker";
import { Subscribers } from "./subscribers";
import { Videos } from "./videos";

type Data = components["schemas"]["ChannelDetail"];

/** With their places taken where the data is not there yet. */
export function ChannelParts({ idx, data }: { idx: number; data?: Data }) {
  const words = useWords();
  const period = periodOf(usePlace().query);
  return (
    <div class="channel-parts">
      <Card
        title={words.lines.subscribers}
        about={CAN_DRAG ? words.channel.periodAbout : words.channel.periodAboutTouch}
        aside={<PeriodPicker idx={idx} period={period} />}
        class="card-wide"
        isBusy={!data}
      >
        {data ? (
          <Subscribers idx={idx} points={data.line.data} period={period} />
        ) : (
          <Skeleton kind="chart" />
        )}
      </Card>
      {period ? (
        <PeriodParts key={`${period.start} ${period.end}`} idx={idx} period={period} />
      ) : (
        <>
          <Card title={words.channel.keywords} about={words.wordmap.about} isBusy={!data}>
            {data ? (
              <WordMap words={data.keyword.pie} label={words.channel.keywords} />
            ) : (
              <Skeleton kind="wordmap" />
            )}
          </Card>
          <Card title={words.channel.topVideos} isBusy={!data}>
            {data ? <Videos videos={data.video.data} /> : <Skeleton kind="video" rows={5} />}
          </Card>
        </>
      )}
    </div>
  );
}
