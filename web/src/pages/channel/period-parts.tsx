import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import type { Period } from "../../charts/period";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { WhenLoaded } from "../../parts/loaded";
import { Notice } from "../../parts/notice";
import { Skeleton } from "../../parts/skeleton";
import { WordMap } from "../../parts/word-map";
import { Videos } from "./videos";

type Props = { idx: number; period: Period };

/** Keywords and videos of what was uploaded in a period. */
export function PeriodParts({ idx, period }: Props) {
  const words = useWords();
  const isWrong = period.start > period.end;
  const asked = { path: { idx }, query: period };
  const loaded = useApi(
    isWrong ? null : query("/api/youtuber_search/channel_period_data/{idx}/", asked),
  );
  if (isWrong) return <Notice title={words.channel.wrongPeriod} />;
  return (
    <WhenLoaded loaded={loaded} skeleton={<Places />}>
      {(data) => {
        // Without a period the API gives a list; with one, never.
        if (Array.isArray(data)) return null;
        return data.video.data.length === 0 ? (
          <div class="card-wide">
            <Notice title={words.channel.periodNothing} />
          </div>
        ) : (
          <>
            <Card title={words.channel.keywords} about={words.wordmap.about}>
              <WordMap words={data.keyword.pie} label={words.channel.keywords} />
            </Card>
            <Card title={words.channel.periodVideos}>
              <Videos videos={data.video.data} />
            </Card>
          </>
        );
      }}
    </WhenLoaded>
  );
}

function Places() {
  const { channel } = useWords();
  return (
    <>
      <Card title={channel.keywords} isBusy>
        <Skeleton kind="wordmap" />
      </Card>
      <Card title={channel.periodVideos} isBusy>
        <Skeleton kind="video" rows={5} />
      </Card>
    </>
  );
}
