import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { EmptyState } from "../../components/empty-state";
import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Page } from "../../components/page";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { useVideoFacts } from "../../components/video-facts";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { VideoContent } from "./video-content";

export function VideoPage({ idx }: { idx: number }) {
  const { notFound, video: t } = useTranslations();
  const result = useQuery(apiQuery("/api/video_detail/{idx}/", { path: { idx } }));
  const name = result.data?.video.video.video_name ?? "";
  const isNotFound = result.error?.status === 404;
  return (
    <Page
      title={isNotFound ? t.notFound : name}
      heading={name || (isNotFound ? t.notFound : <Skeleton kind="text" />)}
      description={result.data && <UploadFacts idx={idx} />}
    >
      <QueryBoundary
        result={result}
        skeleton={
          <div class="video-content">
            <Skeleton kind="channel" rows={4} />
            <Skeleton kind="chart" />
          </div>
        }
        notFound={
          <EmptyState title={t.removed}>
            <KeywordSuggestions />
            <a class="button" href={urls.home()}>
              {notFound.home}
            </a>
          </EmptyState>
        }
      >
        {(detail) => <VideoContent idx={idx} detail={detail} />}
      </QueryBoundary>
    </Page>
  );
}

/** The upload date, length and category. */
function UploadFacts({ idx }: { idx: number }) {
  const { data } = useQuery(apiQuery("/api/videos/{idx}/outlier/", { path: { idx } }));
  const factsOf = useVideoFacts();
  return <>{data && factsOf(data.video).join(" · ")}</>;
}
