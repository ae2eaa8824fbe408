import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery, type QueryResult } from "../../api/use-query";
import { Card } from "../../components/card";
import { isNew } from "../../components/growth";
import { Icon } from "../../components/icon";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { distinctKeywords, keywordKey } from "../../format/keywords";
import { formatCount, formatNumber } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

const MAX_IDEAS = 3;
const IDEA_DAYS = 7;
/** If fewer keywords rise in these days. */
const MORE_DAYS = 28;

type Row = components["schemas"]["RankedKeyword"];
/** `isOnlyInCategory` is set if its channels have any size. */
type Idea = { row: Row; days: number; isOnlyInCategory?: boolean };

type IdeaProps = { idx: number; subscribers: number };

/** The requests for ideas. The API does not combine a size of channels with a category. */
function useIdeas({ idx, subscribers: known }: IdeaProps) {
  // Unknown numbers are 0: then the keywords of all channels.
  const subscribers = known || undefined;
  const path = "/api/trends/rising/";
  const result = useQuery(apiQuery(path, { query: { days: IDEA_DAYS, subscribers } }));
  const profile = useQuery(apiQuery("/api/channels/{idx}/", { path: { idx } }));
  const category = profile.data?.category ?? undefined;
  const ofCategory = useQuery(
    category === undefined ? null : apiQuery(path, { query: { days: IDEA_DAYS, category } }),
  );
  const isShort = result.data !== undefined && result.data.results.length < MAX_IDEAS;
  const more = useQuery(
    isShort ? apiQuery(path, { query: { days: MORE_DAYS, subscribers } }) : null,
  );
  const isPending =
    isWithoutResponse(profile) ||
    (category !== undefined && isWithoutResponse(ofCategory)) ||
    (isShort && isWithoutResponse(more));
  const keys = new Set(ofCategory.data?.results.map(({ keyword }) => keywordKey(keyword)));
  const isInCategory = ({ keyword }: { keyword: string }) => keys.has(keywordKey(keyword));
  const ideas: Idea[] = [
    ...[...(result.data?.results ?? [])]
      .sort((one, other) => Number(isInCategory(other)) - Number(isInCategory(one)))
      .map((row) => ({ row, days: IDEA_DAYS })),
    ...(more.data?.results ?? []).map((row) => ({ row, days: MORE_DAYS })),
    ...(isShort ? (ofCategory.data?.results ?? []) : []).map((row) => ({
      row,
      days: IDEA_DAYS,
      isOnlyInCategory: true,
    })),
  ];
  const named = ideas.map((idea) => ({ ...idea, name: idea.row.keyword }));
  const first = distinctKeywords(named).slice(0, MAX_IDEAS);
  return { result, ideas: first, filters: { subscribers, category }, isPending, isInCategory };
}

function isWithoutResponse({ data, error }: QueryResult<unknown>): boolean {
  return data === undefined && error === undefined;
}

/**
 * The first rising keywords among channels of a similar size. Those that also rise in the category
 * of the channel precede the others.
 */
export function Ideas(props: IdeaProps) {
  const { categories, myChannel: t, period, ranking, rising, units } = useTranslations();
  const language = useLanguage();
  const { result, ideas, filters, isPending, isInCategory } = useIdeas(props);
  const { category, subscribers } = filters;
  const categoryName = category && nameOf(categories, category);
  const windows = isPending
    ? []
    : [...new Set(ideas.map(({ days }) => days))].sort((a, b) => a - b);
  const skeleton = <Skeleton kind="row" rows={MAX_IDEAS} />;
  return (
    <Card
      title={t.ideas}
      class="card-wide"
      description={t.ideasDescription(
        windows.length > 0 ? windows : [IDEA_DAYS],
        subscribers ? t.similarChannels : t.allChannels,
      )}
      isBusy={result.isLoading || isPending}
      actions={
        <a class="button button-quiet button-small" href={urls.rising(filters)}>
          {ranking.more}
          <Icon name="arrow" />
        </a>
      }
    >
      <QueryBoundary result={result} skeleton={skeleton}>
        {() =>
          isPending ? (
            skeleton
          ) : ideas.length === 0 ? (
            <p class="chart-empty">{t.noIdeas}</p>
          ) : (
            <ol class="my-ideas">
              {ideas.map(({ row, days, isOnlyInCategory }) => (
                <li key={row.keyword}>
                  <a href={urls.keyword(row.keyword, filters)}>
                    <b>{row.keyword}</b>
                  </a>
                  <span class="meta">
                    <IdeaGrowth
                      row={row}
                      days={days}
                      channels={
                        isOnlyInCategory && categoryName
                          ? t.categoryChannels(categoryName)
                          : subscribers
                            ? t.similarChannels
                            : t.allChannels
                      }
                    />
                    <span>
                      {rising.viewsPerVideo}{" "}
                      {units.views(formatCount(row.views_per_video, language))}
                    </span>
                    {windows.length > 1 && <span>{period.lastDays(days)}</span>}
                    {categoryName && isInCategory(row) && (
                      <span>
                        {(isOnlyInCategory ? t.onlyInCategory : t.inCategory)(categoryName)}
                      </span>
                    )}
                  </span>
                  <a
                    class="button button-quiet button-small"
                    href={urls.plan(row.keyword, filters)}
                    aria-label={`${t.plan}: ${row.keyword}`}
                  >
                    {t.plan}
                  </a>
                </li>
              ))}
            </ol>
          )
        }
      </QueryBoundary>
    </Card>
  );
}

/** The API adds up four windows. */
const PREVIOUS_WINDOWS = 4;

type GrowthProps = { row: Row; days: number; channels: string };

/** The growth of a keyword among the channels of the list, which other lists do not share. */
function IdeaGrowth({ row, days, channels }: GrowthProps) {
  const { myChannel: t } = useTranslations();
  const language = useLanguage();
  const count = formatNumber(row.channels, language);
  if (isNew(row)) return <span>{t.isNew(channels, count)}</span>;
  const before = formatNumber(row.previous_channels / PREVIOUS_WINDOWS, language);
  return <span>{t.growth(channels, count, days, before)}</span>;
}
