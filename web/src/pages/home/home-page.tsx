import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { EmptyState } from "../../components/empty-state";
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
import { selectedKeyword, TopKeywords } from "./top-keywords";

export function HomePage() {
  const { home: t, nav, status } = useTranslations();
  const result = useQuery(apiQuery("/api/channel_analyze/", {}));
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
                  {status.title}
                </a>
              </EmptyState>
            );
          }
          return (
            <div class="home">
              <div>
                <TopKeywords lists={lists} selected={selected} />
                <HomeRising />
              </div>
              <SelectedKeyword key={`${selected.list} ${selected.keyword}`} selected={selected} />
            </div>
          );
        }}
      </QueryBoundary>
      <HomeOutliers />
    </Page>
  );
}
