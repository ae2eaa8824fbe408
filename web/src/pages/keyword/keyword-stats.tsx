import { useHasCollectionGrown } from "../../api/collection-growth";
import { keywordHistoryQuery } from "../../api/keyword-history";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { UnavailableCard } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { completeValues, lastSums, StatStrip, useSumNote } from "../../components/stat-strip";
import { formatCount, formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";

type Point = components["schemas"]["HistoryPoint"];

const WINDOW = 7;

/** The last seven days of a keyword against the seven before. */
export function KeywordStats({ keyword }: { keyword: string }) {
  const { rising, stats: t, units } = useTranslations();
  const language = useLanguage();
  const sumNote = useSumNote();
  const hasGrown = useHasCollectionGrown(WINDOW);
  const history = useQuery(keywordHistoryQuery(keyword));
  if (!history.data && history.error) {
    return <UnavailableCard title={t.lastWeek} retry={history.retry} />;
  }
  if (!history.data) return <Skeleton kind="stat" rows={4} />;
  const points = history.data.keywords[0]?.points ?? [];
  const valueOf = (read: (point: Point) => number | null | undefined) => {
    const sums = lastSums(points, read, WINDOW);
    const change = hasGrown ? undefined : sums.change;
    return { ...sums, change, points: completeValues(points, read) };
  };
  const note: typeof sumNote = (sums, format) =>
    hasGrown && sums.previous !== null ? t.collectionGrew : sumNote(sums, format);
  const videos = valueOf((point) => point.videos);
  const channels = valueOf((point) => point.channels);
  const views = lastSums(points, (point) => point.views, WINDOW);
  const perVideo =
    views.current === null || !videos.current ? null : Math.round(views.current / videos.current);
  const perDay = (sum: number) => units.items(formatNumber(sum / WINDOW, language));
  const videoCount = (sum: number) => units.videos(formatCount(sum, language));
  const viewsNote = views.current === null || !videos.current ? t.unknown : t.keywordViewsNote;
  return (
    <StatStrip
      label={t.lastWeek}
      stats={[
        {
          ...videos,
          name: t.keywordUploads,
          value: videos.current === null ? "–" : videoCount(videos.current),
          note: note(videos, videoCount),
        },
        {
          ...channels,
          name: t.channelsPerDay,
          value: channels.current === null ? "–" : perDay(channels.current),
          note: note(channels, perDay),
        },
        {
          name: t.keywordViews,
          value: views.current === null ? "–" : units.views(formatCount(views.current, language)),
          note: viewsNote,
        },
        {
          name: rising.viewsPerVideo,
          value: perVideo === null ? "–" : units.views(formatCount(perVideo, language)),
          note: viewsNote,
        },
      ]}
    />
  );
}
