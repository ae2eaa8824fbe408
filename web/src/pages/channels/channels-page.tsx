import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { exact } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { WhenLoaded } from "../../parts/loaded";
import { Notice } from "../../parts/notice";
import { Page } from "../../parts/page";
import { Pager } from "../../parts/pager";
import { SearchForm } from "../../parts/search-form";
import { Skeleton } from "../../parts/skeleton";
import { to } from "../../router/addresses";
import { go, usePlace } from "../../router/location";
import { ChannelCard } from "./channel-card";

/** As many as the API gives at a time. */
const PAGE = 10;

export function ChannelsPage() {
  const { channels } = useWords();
  const language = useLanguage();
  const { query: asked } = usePlace();
  const name = asked.get("name") ?? "";
  const page = Math.max(1, Math.floor(Number(asked.get("page") ?? 1)) || 1);
  const parameters = { youtuber_name: name, page };
  const loaded = useApi(query("/api/youtuber_search/channel_list/", { query: parameters }), {
    keep: true,
  });
  return (
    <Page title={channels.title} name={channels.title} about={channels.about}>
      <SearchForm
        value={name}
        label={channels.search}
        placeholder={channels.placeholder}
        search={(text) => go(to.channels(text))}
        class="page-search"
      />
      <WhenLoaded
        loaded={loaded}
        skeleton={<Skeleton kind="channel" rows={PAGE} />}
        missing={
          <Notice title={channels.noPage}>
            <a class="button" href={to.channels(name)}>
              {channels.first}
            </a>
          </Notice>
        }
      >
        {({ count, results }) =>
          count === 0 ? (
            <Notice title={channels.nothing(name)} about={channels.nothingAbout} />
          ) : (
            <div class={loaded.isLoading ? "is-old" : ""}>
              <p class="list-count" role="status">
                {channels.found(exact(count, language))}
              </p>
              <ul class="channel-cards">
                {results.map((channel) => (
                  <ChannelCard key={channel.idx} channel={channel} />
                ))}
              </ul>
              <Pager
                page={page}
                pages={Math.ceil(count / PAGE)}
                address={(other) => to.channels(name, other)}
              />
            </div>
          )
        }
      </WhenLoaded>
    </Page>
  );
}
