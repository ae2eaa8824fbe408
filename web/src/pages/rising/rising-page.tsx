import type { components } from "../../api/schema";
import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { CsvButton } from "../../components/csv-button";
import { Notice } from "../../components/notice";
import { Page } from "../../components/page";
import { Pagination } from "../../components/pagination";
import { QueryBoundary } from "../../components/query-boundary";
import { Segments } from "../../components/segments";
import { Skeleton } from "../../components/skeleton";
import { formatCount, formatNumber, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { urls, type VideoFilters } from "../../router/urls";
import { parseFilters, VideoFilterBar } from "../videos/video-filters";

/** Defined by the API. */
const PAGE_SIZE = 20;
const DEFAULT_DAYS = 7;

export type KeywordRanking = "rising" | "large";
type Data = components["schemas"]["KeywordListResponse"];

/** Keywords that more channels use than before, or that the most channels use. */
export function KeywordRankingPage({ list }: { list: KeywordRanking }) {
  const { filters: labels, rising: t } = useTranslations();
  const language = useLanguage();
  const filters = parseFilters(useLocation().params, DEFAULT_DAYS);
  const href = urls[list];
  // The API accepts a category or a size of channels.
  const query = filters.subscribers ? { ...filters, category: undefined } : filters;
  const path = `/api/trends/${list}/` as const;
  const result = useQuery(apiQuery(path, { query }), { keepPreviousData: true });
  const size = result.data?.subscribers;
  const count = (subscribers: number) => formatCount(subscribers, language);
  return (
    <Page title={t[list]} heading={t[list]} description={t[`${list}Description`](filters.days)}>
      <div class="tabs">
        <Segments
          label={t.tabs}
          options={(["rising", "large"] as const).map((name) => ({
            name: t[name],
            href: urls[name]({ ...filters, page: 1 }),
            isSelected: name === list,
          }))}
        />
      </div>
      <VideoFilterBar filters={filters} href={href} hasWindow isSizeExclusive />
      {size && (
        <p class="list-count" role="status">
          {size.below == null
            ? labels.minimum(count(size.min))
            : labels.range(count(size.min), count(size.below - 1))}
        </p>
      )}
      <QueryBoundary
        result={result}
        skeleton={<Skeleton kind="row" rows={PAGE_SIZE} />}
        notFound={<Empty list={list} filters={filters} />}
      >
        {(data) =>
          data.count === 0 ? (
            <Empty list={list} filters={filters} />
          ) : (
            <div class={result.isLoading ? "is-previous" : ""}>
              <div class="list-head">
                <p class="list-count" role="status">
                  {t.count(formatNumber(data.count, language))}
                </p>
                <CsvButton
                  query={apiQuery(path, { query: { ...query, page: undefined } })}
                  fileName={`${list}.csv`}
                />
              </div>
              <KeywordTable list={list} data={data} first={(filters.page - 1) * PAGE_SIZE + 1} />
              <Pagination
                page={filters.page}
                pageCount={Math.ceil(data.count / PAGE_SIZE)}
                href={(page) => href({ ...filters, page })}
              />
              <p class="chart-note">{t.method}</p>
            </div>
          )
        }
      </QueryBoundary>
    </Page>
  );
}

function Empty({ list, filters }: { list: KeywordRanking; filters: VideoFilters }) {
  const { data, filters: labels, ranking, rising: t } = useTranslations();
  const isFiltered = urls[list]({ ...filters, page: 1 }) !== urls[list]();
  return (
    <Notice
      title={isFiltered ? t.noMatch : ranking.insufficient}
      description={isFiltered ? ranking.noMatchDescription : t.insufficient}
    >
      <a class="button button-quiet" href={isFiltered ? urls[list]() : urls.status()}>
        {isFiltered ? labels.clear : data.status}
      </a>
    </Notice>
  );
}

type TableProps = { list: KeywordRanking; data: Pick<Data, "results">; first?: number };

/** Keywords in the order of a list, the first with the rank `first`. */
export function KeywordTable({ list, data, first = 1 }: TableProps) {
  const { rising: t, units } = useTranslations();
  const language = useLanguage();
  const number = (value: number) => formatNumber(value, language);
  const columns = [t.rank, t.keyword, t.growth, t.channels, t.before, t.videos, t.viewsPerVideo];
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable
    <div class="table-scroll keyword-table" tabIndex={0} role="group" aria-label={t[list]}>
      <table class="table">
        <caption class="sr-only">{t[list]}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.results.map((row, index) => (
            <tr key={row.keyword} data-keyword={row.keyword}>
              <td>{first + index}</td>
              <th scope="row">
                <a href={urls.keyword(row.keyword)}>{row.keyword}</a>
              </th>
              <td>{row.rate_ratio == null ? "–" : formatRatio(row.rate_ratio, language)}</td>
              <td>{t.channelCount(number(row.channels))}</td>
              {/* The API adds up four windows. */}
              <td>{t.channelCount(number(row.previous_channels / 4))}</td>
              <td>{units.videos(number(row.videos))}</td>
              <td>{units.views(formatCount(row.views_per_video, language))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
