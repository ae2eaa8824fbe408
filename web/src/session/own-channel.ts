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

export type OwnProfile = {
  /** Undefined without an own channel. */
  profile: components["schemas"]["ChannelProfileResponse"] | undefined;
  isLoading: boolean;
};

/** What predictions can use of the account's own channel. */
export function useOwnProfile(): OwnProfile {
  const session = useSession();
  const isAuthenticated = session.status === "authenticated";
  const idx = isAuthenticated ? session.account?.userinfo.own_channel : undefined;
  const { data, isLoading } = useQuery(
    idx == null ? null : apiQuery("/api/channels/{idx}/", { path: { idx } }),
  );
  const isAccountLoading = isAuthenticated && !session.account && !session.error;
  return { profile: data, isLoading: isAccountLoading || isLoading };
}
