import { useEffect } from "preact/hooks";
import { keywordHistoryQuery } from "../../api/keyword-history";
import type { components } from "../../api/schema";
import { useQuery, type QueryResult } from "../../api/use-query";
import { hasNoPopularity, TrendCard } from "../../charts/trend-chart";
import { BestTimes } from "../../components/best-times";
import { Card } from "../../components/card";
import { EmptyState } from "../../components/empty-state";
import { KeywordChips } from "../../components/keyword-chips";
import { KeywordList } from "../../components/keyword-list";
import { KeywordSuggestions, useKeywordSuggestions } from "../../components/keyword-suggestions";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { WordMap } from "../../components/word-map";
import { channelNameOf, distinctKeywords, keywordKey } from "../../format/keywords";
import { formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls, withParams } from "../../router/urls";
import { KeywordHistory } from "./keyword-history";
import { KeywordOutliers, type ChannelProfile } from "./keyword-outliers";
import { KeywordScore } from "./keyword-score";
import { KeywordStats } from "./keyword-stats";
import { KeywordVideoList } from "./keyword-video-list";
import { ListStats, type ListFilters } from "./list-stats";
import { MAX_RELATED, RelatedKeywords } from "./related-keywords";
import type { PlanTimes } from "./use-plan-times";

/** The window of videos and keywords, defined by the API. */
const WINDOW_DAYS = 14;
/** The videos of the related keywords, defined by the API. */
const WORD_MAP_VIDEOS = 100;

type Data = components["schemas"]["KeywordSearchResponse"];

type Props = {
  keyword: string;
  result: QueryResult<Data>;
  filters: ListFilters;
  times: PlanTimes | undefined;
};

export function KeywordResults({ keyword, result, filters, times }: Props) {
  const { subscribers, category } = filters;
  const profile = { subscribers, category };
  const history = useQuery(keywordHistoryQuery(keyword)).data;
  // Of the last 28 days, more than the search covers.
  const videos = history?.keywords[0]?.points.reduce((sum, point) => sum + (point.videos ?? 0), 0);
  const isOnlyPart = videos === 0;
  const cards = (data: Data | undefined) => (
    <ResultCards
      keyword={keyword}
      profile={profile}
      times={times}
      data={data}
      isOnlyPart={isOnlyPart}
    />
  );
  const hasResults = result.data ? !isEmptySearch(result.data) : !result.error;
  return (
    <>
      {hasResults && !isOnlyPart && (
        <>
          {(subscribers ?? category) !== undefined && (
            <ListStats keyword={keyword} filters={filters} />
          )}
          <KeywordStats keyword={keyword} />
          <KeywordScore keyword={keyword} />
        </>
      )}
      {hasResults && isOnlyPart && result.data && (
        <LongerKeywords keyword={keyword} profile={profile} data={result.data} />
      )}
      <QueryBoundary result={result} skeleton={cards(undefined)}>
        {(data) =>
          isEmptySearch(data) ? (
            <NoResults keyword={keyword} profile={profile} videos={videos} />
          ) : (
            cards(data)
          )
        }
      </QueryBoundary>
    </>
  );
}

type LongerProps = { keyword: string; profile: ChannelProfile; data: Data };

/** What is shown for a keyword that is only part of longer ones, with links to those. */
function LongerKeywords({ keyword, profile, data }: LongerProps) {
  const { longer: t } = useTranslations();
  const names = [...data.wordmap.children, ...data.keyword.flatMap((list) => list.keyword)];
  const longer = distinctKeywords(names, keyword)
    .map(({ name }) => name)
    .filter((name) => keywordKey(name).includes(keywordKey(keyword)));
  return (
    <Card title={t.title(keyword)} description={t.description(keyword)} class="score-card">
      {longer.length > 0 && (
        <KeywordChips label={t.keywords} keywords={longer} filters={profile} hasTitle />
      )}
    </Card>
  );
}

type NoResultsProps = { keyword: string; profile: ChannelProfile; videos: number | undefined };

/** Offers the words of the search, channels with this name and the top keywords. */
function NoResults({ keyword, profile, videos = 0 }: NoResultsProps) {
  const { channels, keyword: t } = useTranslations();
  const language = useLanguage();
  const words = [...new Set(keyword.split(/\s+/))];
  const similar = useKeywordSuggestions(keyword)
    .map((suggestion) => suggestion.keyword)
    .filter((name) => name !== keyword);
  const { path, params } = useLocation();
  const spelling = similar.find((name) => keywordKey(name) === keywordKey(keyword));
  useEffect(() => {
    // The search distinguishes spaces within words, such as b t s and BTS.
    if (spelling) navigate(withParams(path, params, { q: spelling }), { replace: true });
  }, [spelling, path, params]);
  return (
    <EmptyState
      title={t.noResults(keyword)}
      description={
        videos > 0 ? t.earlierVideos(formatNumber(videos, language)) : t.noResultsDescription
      }
    >
      {similar.length > 0 && (
        <KeywordChips label={t.didYouMean} keywords={similar} filters={profile} hasTitle />
      )}
      {words.length > 1 && (
        <KeywordChips label={t.words} keywords={words} filters={profile} hasTitle />
      )}
      <KeywordSuggestions />
      <a class="button button-quiet" href={urls.channels(channelNameOf(keyword))}>
        {channels.findByName(channelNameOf(keyword))}
      </a>
    </EmptyState>
  );
}

/** Whether a search found nothing. */
export function isEmptySearch(data: Data): boolean {
  return (
    data.wordmap.children.length === 0 &&
    data.video.every((list) => list.data.length === 0) &&
    data.lines.every((line) => line.data.length === 0)
  );
}

type CardProps = {
  keyword: string;
  data: Data | undefined;
  /** Whether no video has exactly this keyword, so that the search found longer ones. */
  isOnlyPart: boolean;
};

type ProfileProps = CardProps & { profile: ChannelProfile };
type ResultProps = ProfileProps & Pick<Props, "times">;

/** Renders skeletons while there is no data; empty lists and charts are omitted. */
function ResultCards({ keyword, profile, times, data, isOnlyPart }: ResultProps) {
  const { bestTimes } = useTranslations();
  return (
    <div class="keyword-results">
      {!isOnlyPart && <KeywordHistory keyword={keyword} />}
      <TrendCards keyword={keyword} profile={profile} data={data} isOnlyPart={isOnlyPart} />
      <KeywordOutliers keyword={keyword} profile={profile} />
      <PopularRelated keyword={keyword} profile={profile} data={data} isOnlyPart={isOnlyPart} />
      {!isOnlyPart && <RelatedKeywords keyword={keyword} profile={profile} />}
      <VideoCards data={data} />
      {times && (
        <BestTimes
          {...times}
          description={bestTimes.description}
          planHref={(time) => urls.plan(keyword, profile, time)}
        />
      )}
    </div>
  );
}

/** The popularity, and the uploads if there is no other chart of them, beside the word map. */
function TrendCards({ keyword, profile, data, isOnlyPart }: ProfileProps) {
  const { longer } = useTranslations();
  const [uploads, popularity] = data?.lines ?? [];
  const isPopularityEmpty = popularity !== undefined && hasNoPopularity(popularity.data);
  return (
    <>
      {isOnlyPart && (
        <TrendCard
          tone="recent"
          description={longer.uploadsDescription(keyword)}
          points={uploads?.data}
          class={isPopularityEmpty ? "" : "card-wide"}
        />
      )}
      {!isPopularityEmpty && (
        <TrendCard
          tone="popular"
          points={popularity?.data}
          videos={data?.video.flatMap((list) => list.data) ?? []}
        />
      )}
      <WordMapCard
        keyword={keyword}
        profile={profile}
        data={data}
        isWide={isPopularityEmpty && !isOnlyPart}
      />
    </>
  );
}

type WordMapProps = Omit<ProfileProps, "isOnlyPart"> & { isWide: boolean };

function WordMapCard({ keyword, profile, data, isWide }: WordMapProps) {
  const { wordmap: t } = useTranslations();
  return (
    <Card
      title={t.title}
      description={t.description(WINDOW_DAYS, WORD_MAP_VIDEOS)}
      class={isWide ? "card-wide" : ""}
      isBusy={!data}
    >
      {data ? (
        <WordMap
          keywords={distinctKeywords(data.wordmap.children, keyword)}
          label={t.title}
          filters={profile}
        />
      ) : (
        <Skeleton kind="wordmap" />
      )}
    </Card>
  );
}

/** The related keywords of popular videos; those of new ones are in the word map. */
function PopularRelated({ keyword, profile, data, isOnlyPart }: ProfileProps) {
  const { keyword: t } = useTranslations();
  const list = data?.keyword[0];
  return (
    <Card
      title={t.relatedPopular}
      description={t.relatedPopularDescription}
      class={isOnlyPart ? "card-wide" : ""}
      isBusy={!data}
    >
      {list ? (
        <KeywordList
          keywords={distinctKeywords(list.keyword, keyword).slice(0, MAX_RELATED)}
          tone="popular"
          href={(name) => urls.keyword(name, profile)}
        />
      ) : (
        <Skeleton kind="row" rows={MAX_RELATED} />
      )}
    </Card>
  );
}

function VideoCards({ data }: Pick<CardProps, "data">) {
  const { keyword: t } = useTranslations();
  const lists = [
    [t.growing, t.growingDescription, data?.video[0].data],
    [t.popular, t.popularDescription, data?.video[1].data],
  ] as const;
  return (
    <>
      {lists.map(([title, description, list]) => (
        <Card key={title} title={title} description={description} isBusy={!data}>
          {list ? <KeywordVideoList videos={list} /> : <Skeleton kind="video" rows={5} />}
        </Card>
      ))}
    </>
  );
}
