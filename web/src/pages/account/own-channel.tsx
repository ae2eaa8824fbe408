import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Avatar } from "../../parts/avatar";
import { WhenLoaded } from "../../parts/loaded";
import { Skeleton } from "../../parts/skeleton";
import { to } from "../../router/addresses";

export function OwnChannel({ idx }: { idx: number }) {
  const { video: words } = useWords();
  const language = useLanguage();
  const loaded = useApi(query("/api/youtuber_search/channel_list/{idx}/", { path: { idx } }));
  return (
    <WhenLoaded loaded={loaded} skeleton={<Skeleton kind="row" />}>
      {({ channelInfo: info }) => (
        <a class="video-channel" href={to.channel(idx)} data-testid="own-channel">
          <Avatar url={info.thumbnail_url} name={info.channel_name ?? ""} />
          <span>
            <b>{info.channel_name}</b>
            <span class="video-row-facts">
              {words.subscribers(count(Number(info.subscriber), language))}
            </span>
          </span>
        </a>
      )}
    </WhenLoaded>
  );
}
