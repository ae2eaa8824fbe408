import type { ComponentChildren } from "preact";
import type { ApiQuery } from "../api/query";
import type { QueryResult } from "../api/use-query";
import { formatCount, formatNumber } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { urls, type VideoFilters } from "../router/urls";
import { CsvButton } from "./csv-button";
import { EmptyState } from "./empty-state";
import { Pagination } from "./pagination";
import { QueryBoundary } from "./query-boundary";

/** The rows of a page, defined by the API. */
export const PAGE_SIZE = 20;

/** The rows of all pages, defined by the API. */
const MAX_ROWS = 200;

type Props<T> = {
  result: QueryResult<{ count: number; results: T[]; status?: string }>;
  /** The list without a page. */
  csv: ApiQuery<unknown>;
  filters: VideoFilters & { page: number };
  href: (filters: VideoFilters) => string;
  countText: (count: string) => string;
  noMatch: string;
  /** Why the list may be empty without filters. */
  insufficient: string;
  /** Shown if the data is sufficient and nothing matches, without filters. */
  none?: ComponentChildren;
  method: string;
  /** How the list is sorted, if that is not obvious. */
  order?: string;
  skeleton: ComponentChildren;
  actions?: ComponentChildren;
  children: (results: T[]) => ComponentChildren;
};

/** A page of a filtered list with its count, method and CSV, or why it is empty. */
export function FilteredList<T>(props: Props<T>) {
  const { result, csv, filters, href, countText, method, order, skeleton, actions, children } =
    props;
  const { params } = useLocation();
  const { channels, ranking: t } = useTranslations();
  const language = useLanguage();
  return (
    <QueryBoundary
      result={result}
      skeleton={skeleton}
      notFound={
        <EmptyState title={channels.pageNotFound}>
          <a class="button" href={href({ ...filters, page: 1 })}>
            {channels.firstPage}
          </a>
        </EmptyState>
      }
    >
      {({ count, results, status }) =>
        count === 0 ? (
          <Empty {...props} isSufficient={status === "ok"} />
        ) : (
          <div class={result.isLoading ? "is-previous" : ""}>
            <div class="list-head">
              <p class="list-count" role="status">
                {count < MAX_ROWS
                  ? countText(formatNumber(count, language))
                  : t.top(countText(formatNumber(count, language)))}
              </p>
              <div class="card-actions">
                {actions}
                <CsvButton query={csv} fileName={`${pathOf(href({}))}.csv`} />
              </div>
            </div>
            {order && !params.has("sort") && <p class="list-note">{order}</p>}
            {children(results)}
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

function pathOf(url: string): string {
  return url.slice(1).replace(/\?.*/, "");
}

type EmptyProps = Pick<Props<unknown>, "filters" | "href" | "noMatch" | "insufficient" | "none"> & {
  isSufficient: boolean;
};

function Empty({ filters, href, noMatch, insufficient, none, isSufficient }: EmptyProps) {
  const { filters: labels, nav, ranking: t } = useTranslations();
  const isFiltered = href({ ...filters, page: 1, view: undefined }) !== href({});
  if (!isFiltered && isSufficient && none) return <>{none}</>;
  return (
    <EmptyState
      title={isFiltered ? noMatch : t.insufficient}
      description={isFiltered ? t.noMatchDescription : insufficient}
    >
      <a class="button button-quiet" href={isFiltered ? href({}) : urls.status()}>
        {isFiltered ? labels.clear : nav.status}
      </a>
    </EmptyState>
  );
}

/** The range of subscribers that the API used; `max` is null without an upper bound. */
export function SubscriberRangeNote({ min, max }: { min: number; max: number | null | undefined }) {
  const { filters: t } = useTranslations();
  const language = useLanguage();
  const count = (subscribers: number) => formatCount(subscribers, language);
  return (
    <p class="list-count" role="status">
      {max == null ? t.minimum(count(min)) : t.range(count(min), count(max))}
    </p>
  );
}
