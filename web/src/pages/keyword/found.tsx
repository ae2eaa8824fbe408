import type { components } from "../../api/schema";
import type { Loaded } from "../../api/use-api";
import { Trend } from "../../charts/trend";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { KeywordList } from "../../parts/keyword-list";
import { WhenLoaded } from "../../parts/loaded";
import { Notice } from "../../parts/notice";
import { Skeleton } from "../../parts/skeleton";
import { WordMap } from "../../parts/word-map";
import { to } from "../../router/addresses";
import { Videos } from "./videos";

type Data = components["schemas"]["KeywordSearchResponse"];

type Props = { keyword: string; loaded: Loaded<Data> };

export function Found({ keyword, loaded }: Props) {
  const words = useWords();
  return (
    <WhenLoaded loaded={loaded} skeleton={<Parts />}>
      {(data) =>
        isEmpty(data) ? (
          <Notice title={words.keyword.nothing(keyword)} about={words.keyword.nothingAbout} />
        ) : (
          <Parts data={data} />
        )
      }
    </WhenLoaded>
  );
}

function isEmpty(data: Data): boolean {
  return (
    data.wordmap.children.length === 0 &&
    data.video.every((list) => list.data.length === 0) &&
    data.lines.every((line) => line.data.length === 0)
  );
}

/** With their places taken where the data is not there yet. */
function Parts({ data }: { data?: Data }) {
  const { keyword, lines, wordmap } = useWords();
  const isBusy = !data;
  const [made, popularity] = data?.lines ?? [];
  const [popular, newest] = data?.keyword ?? [];
  return (
    <div class="keyword-parts">
      <Card title={lines.popularity} about={lines.popularityAbout} class="span-3" isBusy={isBusy}>
        {popularity ? (
          <Trend name={lines.popularity} tone="popular" points={popularity.data} />
        ) : (
          <Skeleton kind="chart" />
        )}
      </Card>
      <Card title={lines.made} about={lines.madeAbout} class="span-3" isBusy={isBusy}>
        {made ? (
          <Trend name={lines.made} tone="made" points={made.data} />
        ) : (
          <Skeleton kind="chart" />
        )}
      </Card>
      <Card title={wordmap.title} about={wordmap.about} class="span-2" isBusy={isBusy}>
        {data ? (
          <WordMap words={data.wordmap.children} label={wordmap.title} />
        ) : (
          <Skeleton kind="wordmap" />
        )}
      </Card>
      {(
        [
          ["popular", popular, keyword.relatedPopular],
          ["made", newest, keyword.relatedMade],
        ] as const
      ).map(([tone, list, title]) => (
        <Card key={tone} title={title} class="span-2" isBusy={isBusy}>
          {list ? (
            <KeywordList keywords={list.keyword} tone={tone} address={to.keyword} />
          ) : (
            <Skeleton kind="row" rows={10} />
          )}
        </Card>
      ))}
      <Card title={keyword.growing} class="span-3" isBusy={isBusy}>
        {data ? <Videos videos={data.video[0].data} /> : <Skeleton kind="video" rows={5} />}
      </Card>
      <Card title={keyword.popular} class="span-3" isBusy={isBusy}>
        {data ? <Videos videos={data.video[1].data} /> : <Skeleton kind="video" rows={5} />}
      </Card>
    </div>
  );
}
