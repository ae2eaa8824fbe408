import { useState } from "preact/hooks";
import { apiQuery } from "../api/query";
import { useQuery } from "../api/use-query";
import { Avatar } from "./avatar";
import { QueryBoundary } from "./query-boundary";
import { SearchForm } from "./search-form";
import { Skeleton } from "./skeleton";
import { formatCount } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";

type Props = {
  /** Label of the buttons. */
  action: string;
  onSelect: (idx: number) => void;
};

/** Searches channels by name to select one. */
export function ChannelFinder({ action, onSelect }: Props) {
  const { channel, channels, video } = useTranslations();
  const language = useLanguage();
  const [name, setName] = useState("");
  const mark = (text: string, isEstimated: boolean) =>
    isEstimated ? channel.estimated(text) : text;
  const parameters = { query: { youtuber_name: name } };
  const result = useQuery(name ? apiQuery("/api/youtuber_search/channel_list/", parameters) : null);
  return (
    <>
      <SearchForm
        value={name}
        label={channels.search}
        placeholder={channels.placeholder}
        onSearch={setName}
      />
      {name && (
        <QueryBoundary result={result} skeleton={<Skeleton kind="row" rows={5} />}>
          {({ results }) =>
            results.length === 0 ? (
              <p class="own-channel-note">{channels.noResults(name)}</p>
            ) : (
              <ul class="finder">
                {results.map(({ idx, channel_name, thumbnail_url, ...row }) => (
                  <li key={idx} class="finder-row">
                    <Avatar url={thumbnail_url} name={channel_name ?? ""} />
                    <span>
                      <b>{channel_name}</b>
                      <span class="video-row-facts">
                        {row.subscriber_num > 0 &&
                          mark(
                            video.subscribers(formatCount(row.subscriber_num, language)),
                            row.subscriber_estimated,
                          )}
                      </span>
                    </span>
                    <button
                      type="button"
                      class="button button-quiet button-small"
                      aria-label={`${action}: ${channel_name ?? ""}`}
                      onClick={() => onSelect(idx)}
                    >
                      {action}
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryBoundary>
      )}
    </>
  );
}
