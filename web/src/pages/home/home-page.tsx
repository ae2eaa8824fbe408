import { useEffect, useRef } from "preact/hooks";
import { useQuery } from "../../api/use-query";
import { EmptyState } from "../../components/empty-state";
import { TOP_KEYWORDS } from "../../components/keyword-suggestions";
import { Page } from "../../components/page";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { HomeOutliers } from "./home-outliers";
import { HomeRising } from "./home-rising";
import { MyChannel } from "./my-channel";
import { SelectedKeyword, SelectedKeywordSkeleton } from "./selected-keyword";
import { selectedKeyword, TopKeywords, type List, type Selected } from "./top-keywords";

export function HomePage() {
  const { home: t, nav } = useTranslations();
  const result = useQuery(TOP_KEYWORDS);
  const { params } = useLocation();
  return (
    <Page title={t.title} heading={t.title} description={t.description}>
      <MyChannel />
      <QueryBoundary
        result={result}
        skeleton={
          <div class="home">
            <div class="home-lists">
              <Skeleton kind="row" rows={10} />
              <Skeleton kind="row" rows={10} />
            </div>
            <SelectedKeywordSkeleton />
          </div>
        }
      >
        {(lists) => {
          const selected = selectedKeyword(lists, params);
          if (!selected) {
            return (
              <EmptyState title={t.empty}>
                <a class="button button-quiet" href={urls.channels()}>
                  {nav.channels}
                </a>
                <a class="button button-quiet" href={urls.status()}>
                  {nav.status}
                </a>
              </EmptyState>
            );
          }
          return <Lists lists={lists} selected={selected} />;
        }}
      </QueryBoundary>
      <HomeOutliers />
    </Page>
  );
}

type ListsProps = { lists: List[]; selected: Selected };

function Lists({ lists, selected }: ListsProps) {
  const key = `${selected.list} ${selected.keyword}`;
  const result = useScrollToChanged(key);
  return (
    <div class="home">
      <div>
        <TopKeywords lists={lists} selected={selected} />
        <HomeRising />
      </div>
      <div ref={result}>
        <SelectedKeyword key={key} selected={selected} />
      </div>
    </div>
  );
}

/** The share of the screen below which an element counts as not visible. */
const MAX_TOP = 0.8;

/** Scrolls to an element that is below the screen when its key changes: small screens have one column. */
function useScrollToChanged(key: string) {
  const element = useRef<HTMLDivElement>(null);
  const previous = useRef(key);
  useEffect(() => {
    if (previous.current === key) return;
    previous.current = key;
    const top = element.current?.getBoundingClientRect().top ?? 0;
    if (top > innerHeight * MAX_TOP) element.current?.scrollIntoView();
  }, [key]);
  return element;
}
