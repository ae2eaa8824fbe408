import { apiQuery } from "../api/query";
import type { components } from "../api/schema";
import { useQuery, type QueryResult } from "../api/use-query";
import { useSession } from "./session";

/** The account's own channel; no request without one. */
export function useOwnChannel(): QueryResult<components["schemas"]["ChannelDetail"]> {
  const session = useSession();
  const idx =
    session.status === "authenticated" ? session.account?.userinfo.own_channel : undefined;
  return useQuery(
    idx == null ? null : apiQuery("/api/youtuber_search/channel_list/{idx}/", { path: { idx } }),
  );
}

/** What predictions can use of the account's own channel; undefined without one. */
export function useOwnProfile(): components["schemas"]["ChannelProfileResponse"] | undefined {
  const session = useSession();
  const idx =
    session.status === "authenticated" ? session.account?.userinfo.own_channel : undefined;
  const { data } = useQuery(
    idx == null ? null : apiQuery("/api/channels/{idx}/", { path: { idx } }),
  );
  return data;
}
