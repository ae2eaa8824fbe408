import { query } from "../../api/query";
import type { components } from "../../api/schema";
import { useApi } from "../../api/use-api";
import { fullDay } from "../../format/dates";
import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Avatar } from "../../parts/avatar";
import { WhenLoaded } from "../../parts/loaded";
import { Notice } from "../../parts/notice";
import { Page } from "../../parts/page";
import { Skeleton } from "../../parts/skeleton";
import { to } from "../../router/addresses";
import { ChannelParts } from "./channel-parts";

type Info = components["schemas"]["ChannelInfo"];

/** How a channel does: its subscribers, its keywords, its videos; also of a period. */
export function ChannelPage({ idx }: { idx: number }) {
  const words = useWords();
  const loaded = useApi(query("/api/youtuber_search/channel_list/{idx}/", { path: { idx } }));
  const info = loaded.value?.channelInfo;
  const name = info?.channel_name ?? "";
  const isMissing = loaded.error?.status === 404;
  return (
    <Page
      name={name || words.channels.title}
      title={name || (isMissing ? words.channels.title : <Skeleton kind="text" />)}
      picture={info && <Avatar url={info.thumbnail_url} name={name} size="large" />}
      about={info && <About info={info} />}
    >
      <WhenLoaded
        loaded={loaded}
        skeleton={<ChannelParts idx={idx} />}
        missing={
          <Notice title={words.channel.notFound}>
            <a class="button" href={to.channels()}>
              {words.channel.back}
            </a>
          </Notice>
        }
      >
        {(data) => <ChannelParts idx={idx} data={data} />}
      </WhenLoaded>
    </Page>
  );
}

function About({ info }: { info: Info }) {
  const words = useWords();
  const language = useLanguage();
  const since = info.channel_start_date;
  const subscribers = Number(info.subscriber);
  return (
    <>
      <b data-testid="subscribers">{words.video.subscribers(count(subscribers, language))}</b>
      {since && <> · {words.channels.since(fullDay(since, language))}</>}
      {info.channel_description && <span class="channel-about">{info.channel_description}</span>}
    </>
  );
}
