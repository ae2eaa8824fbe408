import { query } from "../../api/query";
import type { components } from "../../api/schema";
import { useApi } from "../../api/use-api";
import { Trend } from "../../charts/trend";
import { count, times } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { Icon } from "../../parts/icon";
import { WhenLoaded } from "../../parts/loaded";
import { Skeleton } from "../../parts/skeleton";
import { VideoRow } from "../../parts/video-row";
import { WordMap } from "../../parts/word-map";
import { to } from "../../router/addresses";
import { API_NAME, type Chosen } from "./chosen";

type Data = components["schemas"]["KeywordData"];

/** What surrounds a keyword: how it moves, what it is used with, its videos. */
export function ChosenKeyword({ chosen: { list, keyword } }: { chosen: Chosen }) {
  const { home } = useWords();
  const asked = { query: { search: API_NAME[list], keyword } };
  const loaded = useApi(query("/api/channel_analyze/keyword_data/", asked));
  return (
    <div class={`home-chosen tone-${list}`} data-testid="chosen">
      <div class="home-chosen-head">
        <h2 class="home-chosen-name">{keyword}</h2>
        <a class="button button-quiet" href={to.keyword(keyword)}>
          {home.explore}
          <Icon name="arrow" />
        </a>
      </div>
      <WhenLoaded loaded={loaded} skeleton={<ChosenParts />}>
        {({ keyword: [data] }) => data && <ChosenParts data={data} list={list} />}
      </WhenLoaded>
    </div>
  );
}

export function ChosenSkeleton() {
  return (
    <div class="home-chosen">
      <div class="home-chosen-head">
        <Skeleton kind="text" />
      </div>
      <ChosenParts />
    </div>
  );
}

/** With their places taken where the data is not there yet. */
function ChosenParts({ data, list = "popular" }: { data?: Data; list?: Chosen["list"] }) {
  const { home, lines, wordmap } = useWords();
  const isPopular = list === "popular";
  const name = isPopular ? lines.popularity : lines.made;
  return (
    <div class="home-chosen-parts">
      <Card
        title={name}
        about={isPopular ? lines.popularityAbout : lines.madeAbout}
        class="card-wide"
        isBusy={!data}
      >
        {data ? (
          <Trend name={name} tone={list} points={data.lines.data} />
        ) : (
          <Skeleton kind="chart" />
        )}
      </Card>
      <Card title={wordmap.title} about={wordmap.about} isBusy={!data}>
        {data ? (
          <WordMap words={data.wordmap.children} label={wordmap.title} />
        ) : (
          <Skeleton kind="wordmap" />
        )}
      </Card>
      <Card title={home.videos} isBusy={!data}>
        {data ? <Videos data={data} /> : <Skeleton kind="video" rows={5} />}
      </Card>
    </div>
  );
}

function Videos({ data }: { data: Data }) {
  const { home, videos } = useWords();
  const language = useLanguage();
  if (data.video.data.length === 0) return <p class="chart-empty">{home.noVideos}</p>;
  return (
    <ul class="video-rows">
      {data.video.data.map((video) => (
        <VideoRow
          key={video.idx}
          idx={video.idx}
          name={video.video_name}
          thumbnail={video.thumbnail_url}
          facts={[
            video.views == null ? null : videos.views(count(video.views, language)),
            video.popularity == null ? null : videos.ratio(times(video.popularity, language)),
          ]}
        />
      ))}
    </ul>
  );
}
