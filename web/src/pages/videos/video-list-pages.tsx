import type { ComponentChildren } from "preact";
import { apiQuery, type ApiQuery } from "../../api/query";
import { useQuery, type QueryResult } from "../../api/use-query";
import { CsvButton } from "../../components/csv-button";
import { Notice } from "../../components/notice";
import { Page } from "../../components/page";
import { Pagination } from "../../components/pagination";
import { QueryBoundary } from "../../components/query-boundary";
import { Segments } from "../../components/segments";
import { Skeleton } from "../../components/skeleton";
import { formatCount, formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { urls, type VideoFilters } from "../../router/urls";
import { GainingVideo, OutlierVideo } from "./ranked-video";
import { parseFilters, VideoFilterBar } from "./video-filters";

/** Defined by the API. */
const PAGE_SIZE = 20;

/** Videos with more views than the channel's earlier videos at the same age. */
export function OutliersPage() {
  const { filters: labels, ranking: t } = useTranslations();
  const language = useLanguage();
  const filters = parseFilters(useLocation().params);
  const all = apiQuery("/api/videos/outliers/", { query: { ...filters, page: undefined } });
  const result = useQuery(apiQuery("/api/videos/outliers/", { query: filters }), {
    keepPreviousData: true,
  });
  const size = result.data?.subscribers;
  const count = (subscribers: number) => formatCount(subscribers, language);
  return (
    <Page title={t.outliers} heading={t.outliers} description={t.outliersDescription(filters.days)}>
      <Tabs selected="outliers" filters={filters} />
      <VideoFilterBar filters={filters} href={urls.outliers} hasWindow />
      {size && (
        <p class="list-count" role="status">
          {size.max == null
            ? labels.minimum(count(size.min))
            : labels.range(count(size.min), count(size.max))}
        </p>
      )}
      <VideoList
        result={result}
        csv={all}
        filters={filters}
        href={urls.outliers}
        method={t.outliersMethod}
        insufficient={t.outliersInsufficient}
      >
        {(video) => <OutlierVideo key={video.idx} video={video} />}
      </VideoList>
    </Page>
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
  return (
    <Page title={t.chart} heading={t.chart} description={t.chartDescription}>
      <Tabs selected="chart" filters={filters} />
      <VideoFilterBar filters={filters} href={urls.videoChart} hasWindow={false} />
      <VideoList
        result={result}
        csv={apiQuery("/api/videos/chart/", { query: { category, length } })}
        filters={filters}
        href={urls.videoChart}
        method={t.chartMethod}
        insufficient={t.chartInsufficient}
      >
        {(video) => <GainingVideo key={video.idx} video={video} />}
      </VideoList>
    </Page>
  );
}

type TabsProps = { selected: "outliers" | "chart"; filters: VideoFilters };

/** The other list, with the same filters. */
function Tabs({ selected, filters }: TabsProps) {
  const { ranking: t } = useTranslations();
  return (
    <div class="tabs">
      <Segments
        label={t.tabs}
        options={[
          {
            name: t.outliers,
            href: urls.outliers({ ...filters, page: 1 }),
            isSelected: selected === "outliers",
          },
          {
            name: t.chart,
            href: urls.videoChart({ ...filters, page: 1 }),
            isSelected: selected === "chart",
          },
        ]}
      />
    </div>
  );
}

type ListProps<T> = {
  result: QueryResult<{ count: number; results: T[] }>;
  /** The list without a page. */
  csv: ApiQuery<unknown>;
  filters: VideoFilters & { page: number };
  href: (filters: VideoFilters) => string;
  method: string;
  /** Why the list may be empty without filters. */
  insufficient: string;
  children: (video: T) => ComponentChildren;
};

function VideoList<T>(props: ListProps<T>) {
  const { result, csv, filters, href, method, insufficient, children } = props;
  const { channels, data, filters: labels, ranking: t } = useTranslations();
  const language = useLanguage();
  const isFiltered =
    [filters.category, filters.length, filters.subscribers].some((value) => value !== undefined) ||
    filters.days !== 28;
  return (
    <QueryBoundary
      result={result}
      skeleton={<Skeleton kind="channel" rows={6} />}
      notFound={
        <Notice title={channels.pageNotFound}>
          <a class="button" href={href({ ...filters, page: 1 })}>
            {channels.firstPage}
          </a>
        </Notice>
      }
    >
      {({ count, results }) =>
        count === 0 ? (
          <Notice
            title={isFiltered ? t.noMatch : t.insufficient}
            description={isFiltered ? t.noMatchDescription : insufficient}
          >
            {isFiltered ? (
              <a class="button button-quiet" href={href({})}>
                {labels.clear}
              </a>
            ) : (
              <a class="button button-quiet" href={urls.status()}>
                {data.status}
              </a>
            )}
          </Notice>
        ) : (
          <div class={result.isLoading ? "is-previous" : ""}>
            <div class="list-head">
              <p class="list-count" role="status">
                {t.count(formatNumber(count, language))}
              </p>
              <CsvButton query={csv} fileName={`${href({}).slice(1)}.csv`} />
            </div>
            <ol class="ranked-videos">{results.map(children)}</ol>
            <Pagination
              page={filters.page}
              pageCount={Math.ceil(count / PAGE_SIZE)}
              href={(page) => href({ ...filters, page })}
            />
            <p class="chart-note">{method}</p>
          </div>
        )
      }
    </QueryBoundary>
  );
}
