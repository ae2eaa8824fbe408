import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { hasNoPopularity, TrendCard, UploadsCard } from "../../charts/trend-chart";
import { Card } from "../../components/card";
import { useEstimateMark } from "../../components/estimates";
import { Icon } from "../../components/icon";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { VideoRow } from "../../components/video-row";
import { WordMap } from "../../components/word-map";
import { distinctKeywords } from "../../format/keywords";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { KeywordStats } from "../keyword/keyword-stats";
import { API_LIST_TYPE, type Selected } from "./top-keywords";

type Data = components["schemas"]["KeywordData"];

/** The trend, related keywords and videos of a keyword. */
export function SelectedKeyword({ selected }: { selected: Selected }) {
  const { home } = useTranslations();
  const { list, keyword } = selected;
  const query = { search: API_LIST_TYPE[list], keyword };
  const result = useQuery(apiQuery("/api/channel_analyze/keyword_data/", { query }));
  return (
    <div class={`home-selected tone-${list}`} data-testid="selected-keyword">
      <div class="home-selected-head">
        <h2 class="home-selected-name">{keyword}</h2>
        <a class="button button-quiet" href={urls.keyword(keyword)}>
          {home.explore}
          <Icon name="arrow" />
        </a>
      </div>
      <KeywordStats keyword={keyword} />
      <QueryBoundary result={result} skeleton={<KeywordCards selected={selected} />}>
        {({ keyword: [data] }) => data && <KeywordCards data={data} selected={selected} />}
      </QueryBoundary>
    </div>
  );
}

export function SelectedKeywordSkeleton() {
  return (
    <div class="home-selected">
      <div class="home-selected-head">
        <Skeleton kind="text" />
      </div>
      <KeywordCards />
    </div>
  );
}

/** The windows of the word maps, defined by the API. */
const WORD_MAP_DAYS = { popular: 7, recent: 14 };
/** The videos of a word map, defined by the API. */
const WORD_MAP_VIDEOS = 500;

/** Without `selected`, the lists are loading. */
type CardsProps = { data?: Data; selected?: Selected };

/** Renders skeletons while there is no data. */
function KeywordCards({ data, selected }: CardsProps) {
  const { home, wordmap } = useTranslations();
  const list = selected?.list ?? "popular";
  return (
    <div class="home-selected-cards">
      {selected && list === "recent" && (
        <UploadsCard keyword={selected.keyword} class="card-wide" />
      )}
      {list === "popular" && !(data && hasNoPopularity(data.lines.data)) && (
        <TrendCard
          tone={list}
          points={data?.lines.data}
          videos={data?.video.data ?? []}
          class="card-wide"
        />
      )}
      <Card
        title={wordmap.title}
        description={wordmap.description(WORD_MAP_DAYS[list], WORD_MAP_VIDEOS)}
        isBusy={!data}
      >
        {data ? (
          <WordMap
            keywords={distinctKeywords(data.wordmap.children, data.name)}
            label={wordmap.title}
          />
        ) : (
          <Skeleton kind="wordmap" />
        )}
      </Card>
      <Card title={home[`${list}Videos`]} description={home.videosDescription} isBusy={!data}>
        {data ? <RecentVideos data={data} /> : <Skeleton kind="video" rows={5} />}
      </Card>
    </div>
  );
}

function RecentVideos({ data }: { data: Data }) {
  const { home, videos } = useTranslations();
  const markEstimate = useEstimateMark();
  const language = useLanguage();
  if (data.video.data.length === 0) return <p class="chart-empty">{home.noVideos}</p>;
  return (
    <ul class="video-rows">
      {data.video.data.map(({ idx, video_name, thumbnail_url, views, ...ratio }) => (
        <VideoRow
          key={idx}
          idx={idx}
          name={video_name}
          thumbnail={thumbnail_url}
          facts={[
            views == null ? null : videos.views(formatCount(views, language)),
            ratio.popularity == null
              ? null
              : markEstimate(
                  videos.ratio(formatRatio(ratio.popularity, language)),
                  ratio.popularity_estimated,
                ),
          ]}
        />
      ))}
    </ul>
  );
}
