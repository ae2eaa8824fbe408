import { ChannelPage } from "../pages/channel/channel-page";
import { HomePage } from "../pages/home/home-page";
import { KeywordPage } from "../pages/keyword/keyword-page";
import { NotFoundPage } from "../pages/not-found-page";
import { useSession } from "../session/session";
import { lazy } from "./lazy";
import { useLocation } from "./location";

// Pages that are rarely the first one.
const AccountPage = lazy(async () => (await import("../pages/account/account-page")).AccountPage);
const ChannelsPage = lazy(
  async () => (await import("../pages/channels/channels-page")).ChannelsPage,
);
const ComparePage = lazy(async () => (await import("../pages/compare/compare-page")).ComparePage);
const KeywordRankingPage = lazy(
  async () => (await import("../pages/keyword-ranking/keyword-ranking-page")).KeywordRankingPage,
);
const OutliersPage = lazy(
  async () => (await import("../pages/videos/video-list-pages")).OutliersPage,
);
const PredictPage = lazy(async () => (await import("../pages/predict/predict-page")).PredictPage);
const StatusPage = lazy(async () => (await import("../pages/status/status-page")).StatusPage);
const VideoChartPage = lazy(
  async () => (await import("../pages/videos/video-list-pages")).VideoChartPage,
);
const VideoPage = lazy(async () => (await import("../pages/video/video-page")).VideoPage);
const WatchlistPage = lazy(
  async () => (await import("../pages/watchlist/watchlist-page")).WatchlistPage,
);

/** Selects the page by path. Pages read their query parameters themselves. */
export function Routes() {
  const { path } = useLocation();
  const { status } = useSession();
  const [, section = "", id, ...more] = path.replace(/\/$/, "").split("/");
  if (more.length > 0) return <NotFoundPage />;
  if (id !== undefined) {
    const idx = /^\d{1,9}$/.test(id) ? Number(id) : undefined;
    if (section === "channels") {
      if (idx === undefined) return <NotFoundPage channel={decodePath(id)} />;
      return <ChannelPage key={idx} idx={idx} />;
    }
    if (section === "videos") {
      if (idx === undefined) return <NotFoundPage isVideo />;
      return <VideoPage key={idx} idx={idx} />;
    }
    return <NotFoundPage />;
  }
  switch (section) {
    case "":
      return <HomePage />;
    case "keyword":
      return <KeywordPage />;
    case "channels":
      return <ChannelsPage />;
    case "compare":
      return <ComparePage />;
    case "rising":
    case "large":
      return <KeywordRankingPage list={section} />;
    case "outliers":
      return <OutliersPage />;
    case "chart":
      return <VideoChartPage />;
    case "predict":
      // Remounted at login and logout, so that it does not keep the drafts of another user.
      return <PredictPage key={status} />;
    case "account":
      return <AccountPage />;
    case "watchlist":
      return <WatchlistPage />;
    case "status":
      return <StatusPage />;
    default:
      return <NotFoundPage />;
  }
}

/** A segment of a path; unchanged if its percent-encoding is invalid. */
function decodePath(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
