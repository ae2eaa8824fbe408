import { apiQuery } from "../api/query";
import type { components } from "../api/schema";
import { useQuery, type QueryResult } from "../api/use-query";
import { useSession } from "./session";

/** Nullish without a session, before the account is loaded and without an own channel. */
function useOwnChannelIdx(): number | null | undefined {
  const session = useSession();
  return session.status === "authenticated" ? session.account?.userinfo.own_channel : undefined;
}

/** The account's own channel; no request without one. */
export function useOwnChannel(): QueryResult<components["schemas"]["ChannelDetail"]> {
  const idx = useOwnChannelIdx();
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
  const idx = useOwnChannelIdx();
  const { data, isLoading } = useQuery(
    idx == null ? null : apiQuery("/api/channels/{idx}/", { path: { idx } }),
  );
  const isAccountLoading = session.status === "authenticated" && !session.account && !session.error;
  return { profile: data, isLoading: isAccountLoading || isLoading };
}
