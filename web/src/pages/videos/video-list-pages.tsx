import type { ComponentChildren } from "preact";
import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { FilteredList, SubscriberRangeNote } from "../../components/filtered-list";
import { Page } from "../../components/page";
import { SegmentedControl } from "../../components/segmented-control";
import { Skeleton } from "../../components/skeleton";
import { SortableTable, useTableView } from "../../components/sortable-table";
import { useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { urls, type VideoFilters } from "../../router/urls";
import { GainingVideo, OutlierVideo } from "./ranked-video";
import { parseFilters, VideoFilterBar } from "./video-filters";
import { useGainingColumns, useOutlierColumns } from "./video-columns";

/** Videos with more views than the channel's earlier videos at the same age. */
export function OutliersPage() {
  const { ranking: t } = useTranslations();
  const filters = parseFilters(useLocation().params);
  const { days, category, length, subscribers, page } = filters;
  const query = { days, category, length, subscribers };
  const result = useQuery(apiQuery("/api/videos/outliers/", { query: { ...query, page } }), {
    keepPreviousData: true,
  });
  const size = result.data?.subscribers;
  const view = useTableView();
  const columns = useOutlierColumns();
  return (
    <VideoListPage list="outliers" description={t.outliersDescription(days)} filters={filters}>
      {size && <SubscriberRangeNote min={size.min} max={size.max} />}
      <FilteredList
        result={result}
        csv={apiQuery("/api/videos/outliers/", { query })}
        filters={filters}
        href={urls.outliers}
        countText={t.count}
        noMatch={t.noMatch}
        insufficient={t.outliersInsufficient}
        method={t.outliersMethod}
        order={t.outliersOrder}
        skeleton={<Skeleton kind="channel" rows={6} />}
        actions={view.link}
      >
        {(videos) =>
          view.isTable ? (
            <SortableTable
              label={t.outliers}
              columns={columns}
              rows={videos}
              rowKey={({ idx }) => idx}
            />
          ) : (
            <ol class="ranked-videos">
              {videos.map((video) => (
                <OutlierVideo key={video.idx} video={video} />
              ))}
            </ol>
          )
        }
      </FilteredList>
    </VideoListPage>
  );
}

/** Videos by the views that they gained in 24 hours. */
export function VideoChartPage() {
  const { ranking: t } = useTranslations();
  const filters = parseFilters(useLocation().params);
  const { category, length, page } = filters;
  const result = useQuery(apiQuery("/api/videos/chart/", { query: { category, length, page } }), {
    keepPreviousData: true,
  });
  const view = useTableView();
  const columns = useGainingColumns();
  return (
    <VideoListPage list="chart" description={t.chartDescription} filters={filters}>
      <FilteredList
        result={result}
        csv={apiQuery("/api/videos/chart/", { query: { category, length } })}
        filters={filters}
        href={urls.videoChart}
        countText={t.count}
        noMatch={t.noMatch}
        insufficient={t.chartInsufficient}
        method={t.chartMethod}
        skeleton={<Skeleton kind="channel" rows={6} />}
        actions={view.link}
      >
        {(videos) =>
          view.isTable ? (
            <SortableTable
              label={t.chart}
              columns={columns}
              rows={videos}
              rowKey={({ idx }) => idx}
            />
          ) : (
            <ol class="ranked-videos">
              {videos.map((video) => (
                <GainingVideo key={video.idx} video={video} />
              ))}
            </ol>
          )
        }
      </FilteredList>
    </VideoListPage>
  );
}

const LISTS = { outliers: urls.outliers, chart: urls.videoChart };

type PageProps = {
  list: keyof typeof LISTS;
  description: string;
  filters: VideoFilters;
  children: ComponentChildren;
};

/** The heading, the links between the lists, which keep the filters, and the filters. */
function VideoListPage({ list, description, filters, children }: PageProps) {
  const { ranking: t } = useTranslations();
  return (
    <Page title={t[list]} heading={t[list]} description={description}>
      <div class="tabs">
        <SegmentedControl
          label={t.tabs}
          options={(["outliers", "chart"] as const).map((name) => ({
            name: t[name],
            href: LISTS[name]({ ...filters, page: 1 }),
            isSelected: name === list,
          }))}
        />
      </div>
      <VideoFilterBar filters={filters} href={LISTS[list]} hasWindow={list === "outliers"} />
      {children}
    </Page>
  );
}
