import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { useWords } from "../../i18n/words";
import { WhenLoaded } from "../../parts/loaded";
import { Notice } from "../../parts/notice";
import { Page } from "../../parts/page";
import { Skeleton } from "../../parts/skeleton";
import { to } from "../../router/addresses";
import { VideoParts } from "./video-parts";

/** How a video does, against the average of the last 14 days. */
export function VideoPage({ idx }: { idx: number }) {
  const { video: words } = useWords();
  const loaded = useApi(query("/api/video_detail/{idx}/", { path: { idx } }));
  const name = loaded.value?.video.video.video_name ?? "";
  const isMissing = loaded.error?.status === 404;
  return (
    <Page
      name={isMissing ? words.notFound : name}
      title={name || (isMissing ? words.notFound : <Skeleton kind="text" />)}
    >
      <WhenLoaded
        loaded={loaded}
        skeleton={
          <div class="video-parts">
            <Skeleton kind="channel" rows={4} />
            <Skeleton kind="chart" />
          </div>
        }
        missing={
          <Notice title={words.notFound}>
            <a class="button" href={to.home()}>
              {words.home}
            </a>
          </Notice>
        }
      >
        {(detail) => <VideoParts detail={detail} />}
      </WhenLoaded>
    </Page>
  );
}
