import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { useWords } from "../../i18n/words";
import { WhenLoaded } from "../../parts/loaded";
import { Notice } from "../../parts/notice";
import { Page } from "../../parts/page";
import { Skeleton } from "../../parts/skeleton";
import { usePlace } from "../../router/location";
import { ChosenKeyword, ChosenSkeleton } from "./chosen-keyword";
import { TopLists } from "./top-lists";
import { chosenOf } from "./chosen";

/** The two lists of top keywords, and what surrounds the one that is chosen. */
export function HomePage() {
  const { home } = useWords();
  const top = useApi(query("/api/channel_analyze/", {}));
  const { query: asked } = usePlace();
  return (
    <Page title={home.title} name={home.title} about={home.about}>
      <WhenLoaded
        loaded={top}
        skeleton={
          <div class="home">
            <div class="home-lists">
              <Skeleton kind="row" rows={10} />
              <Skeleton kind="row" rows={10} />
            </div>
            <ChosenSkeleton />
          </div>
        }
      >
        {(lists) => {
          const chosen = chosenOf(lists, asked);
          if (!chosen) return <Notice title={home.nothing} />;
          return (
            <div class="home">
              <TopLists lists={lists} chosen={chosen} />
              <ChosenKeyword key={`${chosen.list} ${chosen.keyword}`} chosen={chosen} />
            </div>
          );
        }}
      </WhenLoaded>
    </Page>
  );
}
