import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { useSession } from "../../session/session";

/** How many subscribers the account's own channel has, if one is chosen. */
export function useOwnSubscribers(): number | undefined {
  const session = useSession();
  const idx = session.state === "in" ? session.account?.userinfo.own_channel : undefined;
  const asked =
    idx == null ? null : query("/api/youtuber_search/channel_list/{idx}/", { path: { idx } });
  const subscribers = useApi(asked).value?.channelInfo.subscriber;
  return subscribers === undefined ? undefined : Number(subscribers);
}
