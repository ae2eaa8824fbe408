import { useIncompleteDay } from "../../api/freshness";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { observedPoints, type ObservedPoint } from "../../charts/period";
import { useEstimateMark } from "../../components/estimates";
import { UnavailableCard } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { completeValues, lastSums, StatStrip, useSumNote } from "../../components/stat-strip";
import { formatCount, formatSigned } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";

type ChannelInfo = Pick<
  components["schemas"]["ChannelInfo"],
  "subscriber" | "subscriber_estimated"
>;

/** The default window of the history, so that both share a response. */
const DAYS = 28;

/** The last seven days of a channel against the seven before. */
export function ChannelStats({ idx, info }: { idx: number; info: ChannelInfo | undefined }) {
  const { channel, stats: t, units } = useTranslations();
  const language = useLanguage();
  const note = useSumNote();
  const markEstimate = useEstimateMark();
  const query = apiQuery("/api/channels/{idx}/daily/", { path: { idx }, query: { days: DAYS } });
  const { data, error, retry } = useQuery(query);
  const lastDay = useIncompleteDay();
  if (!data && error) return <UnavailableCard title={t.lastWeek} retry={retry} />;
  if (!data) return <Skeleton kind="stat" rows={4} />;
  const days = observedPoints(data.days, lastDay, "day");
  const count = (value: number) => formatCount(value, language);
  const people = (sum: number) => units.people(formatSigned(sum, language));
  const viewCount = (sum: number) => units.views(count(sum));
  const videoCount = (sum: number) => units.videos(count(sum));
  const valueOf = (name: "subscribers" | "subscribers_gained" | "views_gained" | "uploads") => {
    const read = (point: ObservedPoint) => point[name];
    return { ...lastSums(days, read), points: completeValues(days, read) };
  };
  const known = days.findLast((day) => day.subscribers != null)?.subscribers;
  // Estimates have no history.
  const subscribers = known ?? (info?.subscriber_estimated ? Number(info.subscriber) : null);
  const gained = valueOf("subscribers_gained");
  const views = valueOf("views_gained");
  const uploads = valueOf("uploads");
  return (
    <StatStrip
      label={t.lastWeek}
      stats={[
        {
          name: channel.subscribers,
          value:
            subscribers === null
              ? "–"
              : markEstimate(units.people(count(subscribers)), info?.subscriber_estimated ?? false),
          points: valueOf("subscribers").points,
        },
        {
          ...gained,
          name: t.subscribersGained,
          value: gained.current === null ? "–" : people(gained.current),
          note: note(gained, people),
        },
        {
          ...views,
          name: t.viewsGained,
          value: views.current === null ? "–" : viewCount(views.current),
          note: note(views, viewCount),
        },
        {
          ...uploads,
          name: t.uploads,
          value: uploads.current === null ? "–" : videoCount(uploads.current),
          note: note(uploads, videoCount),
        },
      ]}
    />
  );
}
