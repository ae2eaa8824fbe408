import { useState } from "preact/hooks";
import { apiQuery } from "../api/query";
import type { components } from "../api/schema";
import { useQuery } from "../api/use-query";
import { Avatar } from "./avatar";
import { useSubscriberText } from "./estimates";
import { QueryBoundary } from "./query-boundary";
import { SearchForm } from "./search-form";
import { Skeleton } from "./skeleton";
import { useTranslations } from "../i18n";

type Props = {
  /** Label of the buttons. */
  action: string;
  onSelect: (idx: number) => void;
  /** Channels that are already selected. */
  selected?: number[];
};

/** Searches channels by name to select one. */
export function ChannelPicker({ action, onSelect, selected = [] }: Props) {
  const { channels } = useTranslations();
  const [name, setName] = useState("");
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
              <p class="channel-picker-empty">{channels.noResults(name)}</p>
            ) : (
              <ul class="channel-picker">
                {results.map((channel) => (
                  <PickerRow
                    key={channel.idx}
                    channel={channel}
                    action={action}
                    isSelected={selected.includes(channel.idx)}
                    onSelect={onSelect}
                  />
                ))}
              </ul>
            )
          }
        </QueryBoundary>
      )}
    </>
  );
}

type RowProps = Pick<Props, "action" | "onSelect"> & {
  channel: components["schemas"]["ChannelRow"];
  isSelected: boolean;
};

function PickerRow({ channel, action, isSelected, onSelect }: RowProps) {
  const { channels } = useTranslations();
  const subscriberText = useSubscriberText();
  const { idx, subscriber_num: subscribers, subscriber_estimated: isEstimated } = channel;
  const name = channel.channel_name ?? "";
  const text = isSelected ? channels.selected : action;
  return (
    <li class="channel-picker-row">
      <Avatar url={channel.thumbnail_url} name={name} />
      <span>
        <b>{name}</b>
        <span class="meta">{subscriberText(subscribers, isEstimated)}</span>
      </span>
      {/* Not `disabled`: it keeps the focus when its channel is selected. */}
      <button
        type="button"
        class="button button-quiet button-small"
        aria-disabled={isSelected}
        aria-label={`${text}: ${name}`}
        onClick={() => {
          if (!isSelected) onSelect(idx);
        }}
      >
        {text}
      </button>
    </li>
  );
}
