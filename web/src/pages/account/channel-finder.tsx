import { useState } from "preact/hooks";
import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { Avatar } from "../../parts/avatar";
import { WhenLoaded } from "../../parts/loaded";
import { SearchForm } from "../../parts/search-form";
import { Skeleton } from "../../parts/skeleton";

/** A search for one's own channel. */
export function ChannelFinder({ choose }: { choose: (idx: number) => void }) {
  const { account, channels, video } = useWords();
  const language = useLanguage();
  const [name, setName] = useState("");
  const asked = { query: { youtuber_name: name } };
  const loaded = useApi(name ? query("/api/youtuber_search/channel_list/", asked) : null);
  return (
    <>
      <SearchForm
        value={name}
        label={channels.search}
        placeholder={channels.placeholder}
        search={setName}
      />
      {name && (
        <WhenLoaded loaded={loaded} skeleton={<Skeleton kind="row" rows={5} />}>
          {({ results }) =>
            results.length === 0 ? (
              <p class="my-channel-note">{channels.nothing(name)}</p>
            ) : (
              <ul class="finder">
                {results.map(({ idx, channel_name: found, thumbnail_url, subscriber_num }) => (
                  <li key={idx} class="finder-row">
                    <Avatar url={thumbnail_url} name={found ?? ""} />
                    <span>
                      <b>{found}</b>
                      <span class="video-row-facts">
                        {video.subscribers(count(subscriber_num, language))}
                      </span>
                    </span>
                    <button
                      type="button"
                      class="button button-quiet button-small"
                      aria-label={`${account.chooseChannel}: ${found ?? ""}`}
                      onClick={() => choose(idx)}
                    >
                      {account.chooseChannel}
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </WhenLoaded>
      )}
    </>
  );
}
