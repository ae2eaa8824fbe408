import type { components } from "../../api/schema";
import { hasCollectionGrown, previousChannels } from "../../api/collection-growth";
import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { EmptyState } from "../../components/empty-state";
import { FilteredList, PAGE_SIZE, SubscriberRangeNote } from "../../components/filtered-list";
import { useGrowthText } from "../../components/growth";
import { Page } from "../../components/page";
import { ScrollableTable, TableHead } from "../../components/scrollable-table";
import { SegmentedControl } from "../../components/segmented-control";
import { Skeleton } from "../../components/skeleton";
import { keywordKey } from "../../format/keywords";
import { formatCount, formatNumber } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { DEFAULT_WINDOW, urls, type VideoFilters } from "../../router/urls";
import { parseFilters, VideoFilterBar } from "../videos/video-filters";

export type KeywordRanking = "rising" | "large";
type Data = components["schemas"]["KeywordListResponse"];

/** Keywords that a larger share of channels uses than before, or that the most channels use. */
export function KeywordRankingPage({ list }: { list: KeywordRanking }) {
  const { categories, plan, rising: t } = useTranslations();
  const filters = parseFilters(useLocation().params, DEFAULT_WINDOW);
  const href = urls[list];
  // The API accepts a category or a size of channels.
  const { days, length, subscribers, page } = filters;
  const category = subscribers ? undefined : filters.category;
  const query = { days, category, length, subscribers };
  const path = `/api/trends/${list}/` as const;
  const result = useQuery(apiQuery(path, { query: { ...query, page } }), {
    keepPreviousData: true,
  });
  const size = result.data?.subscribers;
  const unused = subscribers && filters.category ? nameOf(categories, filters.category) : undefined;
  const ofCategory = useQuery(
    unused ? apiQuery(path, { query: { days, category: filters.category, length } }) : null,
  );
  const inCategory = new Set(ofCategory.data?.results.map(({ keyword }) => keywordKey(keyword)));
  return (
    <Page title={t[list]} heading={t[list]} description={t[`${list}Description`](filters.days)}>
      <div class="tabs">
        <SegmentedControl
          label={t.tabs}
          options={(["rising", "large"] as const).map((name) => ({
            name: t[name],
            href: urls[name]({ ...filters, page: 1 }),
            isSelected: name === list,
          }))}
        />
      </div>
      <VideoFilterBar filters={filters} href={href} hasWindow />
      {size && (
        <SubscriberRangeNote min={size.min} max={size.below == null ? null : size.below - 1} />
      )}
      {unused && (
        <p class="list-count" role="status">
          {plan.categoryNote(unused)}{" "}
          <a class="link" href={href({ ...filters, subscribers: undefined, page: 1 })}>
            {plan.categoryOnly(unused)}
          </a>
        </p>
      )}
      {result.data && <GrownCollection data={result.data} />}
      <FilteredList
        result={result}
        csv={apiQuery(path, { query })}
        filters={filters}
        href={href}
        countText={t.count}
        noMatch={t.noMatch}
        insufficient={t.insufficient}
        none={
          list === "rising" && (
            <EmptyState title={t.none} description={t.noneDescription}>
              <a class="button" href={urls.large({})}>
                {t.large}
              </a>
            </EmptyState>
          )
        }
        method={t.method}
        order={list === "rising" ? t.order : t.largeOrder}
        skeleton={<Skeleton kind="row" rows={PAGE_SIZE} />}
      >
        {(results) => (
          <KeywordTable
            list={list}
            data={{ results }}
            first={(filters.page - 1) * PAGE_SIZE + 1}
            filters={filters}
            badge={(keyword) => (inCategory.has(keywordKey(keyword)) ? unused : undefined)}
          />
        )}
      </FilteredList>
    </Page>
  );
}

/** Says that most keywords seem to rise, if clearly more channels are collected than before. */
function GrownCollection({ data }: { data: Data }) {
  const { rising: t } = useTranslations();
  const language = useLanguage();
  const previous = previousChannels(data);
  if (previous === 0 || !hasCollectionGrown(data)) return null;
  return (
    <p class="list-note" role="status">
      {t.collectionGrew(
        formatNumber(data.active_channels, language),
        formatNumber(Math.round(previous), language),
      )}
    </p>
  );
}

type TableProps = {
  list: KeywordRanking;
  data: Pick<Data, "results">;
  first?: number;
  /** Passed on to the page of a keyword. */
  filters?: VideoFilters;
  /** Shown beside a keyword. */
  badge?: (keyword: string) => string | undefined;
};

/** Keywords in the order of a list, the first with the rank `first`. */
export function KeywordTable({ list, data, first = 1, filters, badge }: TableProps) {
  const { rising: t, units } = useTranslations();
  const language = useLanguage();
  const growthText = useGrowthText();
  const number = (value: number) => formatNumber(value, language);
  const columns = [t.rank, t.keyword, t.growth, t.channels, t.before, t.videos, t.viewsPerVideo];
  return (
    <ScrollableTable label={t[list]} class="keyword-table">
      <table class="table">
        <caption class="sr-only">{t[list]}</caption>
        <TableHead columns={columns} />
        <tbody>
          {data.results.map((row, index) => (
            <tr key={row.keyword} data-keyword={row.keyword}>
              <td>{first + index}</td>
              <th scope="row">
                <a href={urls.keyword(row.keyword, filters)}>{row.keyword}</a>
                {badge?.(row.keyword) && <span class="badge-category">{badge(row.keyword)}</span>}
              </th>
              <td>{growthText(row) ?? "–"}</td>
              <td>{t.channelCount(number(row.channels))}</td>
              {/* The API adds up four windows. */}
              <td>{t.channelCount(number(row.previous_channels / 4))}</td>
              <td>{units.videos(number(row.videos))}</td>
              <td>{units.views(formatCount(row.views_per_video, language))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollableTable>
  );
}
