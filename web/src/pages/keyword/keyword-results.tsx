import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { TrendChart } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { KeywordList } from "../../components/keyword-list";
import { Notice } from "../../components/notice";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { WordMap } from "../../components/word-map";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { KeywordVideoList } from "./keyword-video-list";

type Data = components["schemas"]["KeywordSearchResponse"];

export function KeywordResults({ keyword }: { keyword: string }) {
  const { keyword: t } = useTranslations();
  const result = useQuery(apiQuery("/api/keyword_search/", { query: { search: keyword } }));
  return (
    <QueryBoundary result={result} skeleton={<ResultCards />}>
      {(data) =>
        isEmpty(data) ? (
          <Notice title={t.noResults(keyword)} description={t.noResultsDescription} />
        ) : (
          <ResultCards data={data} />
        )
      }
    </QueryBoundary>
  );
}

function isEmpty(data: Data): boolean {
  return (
    data.wordmap.children.length === 0 &&
    data.video.every((list) => list.data.length === 0) &&
    data.lines.every((line) => line.data.length === 0)
  );
}

/** Renders skeletons while there is no data. */
function ResultCards({ data }: { data?: Data }) {
  const { keyword: t, charts, wordmap } = useTranslations();
  const isBusy = !data;
  const [made, popularity] = data?.lines ?? [];
  const [relatedPopular, relatedMade] = data?.keyword ?? [];
  const trends = [
    ["popular", charts.popularity, charts.popularityDescription, popularity],
    ["made", charts.made, charts.madeDescription, made],
  ] as const;
  const related = [
    ["popular", t.relatedPopular, relatedPopular],
    ["made", t.relatedMade, relatedMade],
  ] as const;
  const videos = [
    [t.growing, data?.video[0].data],
    [t.popular, data?.video[1].data],
  ] as const;
  return (
    <div class="keyword-results">
      {trends.map(([tone, title, description, line]) => (
        <Card key={tone} title={title} description={description} class="span-3" isBusy={isBusy}>
          {line ? (
            <TrendChart name={title} tone={tone} points={line.data} />
          ) : (
            <Skeleton kind="chart" />
          )}
        </Card>
      ))}
      <Card title={wordmap.title} description={wordmap.description} class="span-2" isBusy={isBusy}>
        {data ? (
          <WordMap keywords={data.wordmap.children} label={wordmap.title} />
        ) : (
          <Skeleton kind="wordmap" />
        )}
      </Card>
      {related.map(([tone, title, list]) => (
        <Card key={tone} title={title} class="span-2" isBusy={isBusy}>
          {list ? (
            <KeywordList keywords={list.keyword} tone={tone} href={urls.keyword} />
          ) : (
            <Skeleton kind="row" rows={10} />
          )}
        </Card>
      ))}
      {videos.map(([title, list]) => (
        <Card key={title} title={title} class="span-3" isBusy={isBusy}>
          {list ? <KeywordVideoList videos={list} /> : <Skeleton kind="video" rows={5} />}
        </Card>
      ))}
    </div>
  );
}
