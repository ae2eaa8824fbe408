import { useState } from "preact/hooks";
import { apiQuery } from "../api/query";
import type { components } from "../api/schema";
import { useQuery } from "../api/use-query";
import { Avatar } from "./avatar";
import { useSubscriberText } from "./estimates";
import { QueryBoundary } from "./query-boundary";
import { SearchForm } from "./search-form";
import { Skeleton } from "./skeleton";
import { formatFullDate } from "../format/dates";
import { formatNumber } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";

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
  const [{ name, pages }, setSearch] = useState({ name: "", pages: 1 });
  return (
    <>
      <SearchForm
        value={name}
        label={channels.search}
        placeholder={channels.placeholder}
        onSearch={(text) => setSearch({ name: text, pages: 1 })}
      />
      {name &&
        Array.from({ length: pages }, (_, index) => (
          <PickerPage
            key={`${name} ${index}`}
            name={name}
            page={index + 1}
            isLast={index + 1 === pages}
            onMore={() => setSearch({ name, pages: pages + 1 })}
            action={action}
            onSelect={onSelect}
            selected={selected}
          />
        ))}
    </>
  );
}

/** The rows of a page, defined by the API. */
const PAGE_SIZE = 10;

type PageProps = Required<Props> & {
  name: string;
  page: number;
  isLast: boolean;
  onMore: () => void;
};

/** A page of the channels; the last one says how many there are, and shows the next. */
function PickerPage({ name, page, isLast, onMore, action, onSelect, selected }: PageProps) {
  const { channels } = useTranslations();
  const language = useLanguage();
  const query = { youtuber_name: name, page: page === 1 ? undefined : page };
  const result = useQuery(apiQuery("/api/youtuber_search/channel_list/", { query }));
  return (
    <QueryBoundary result={result} skeleton={<Skeleton kind="row" rows={5} />}>
      {({ count, results }) =>
        results.length === 0 ? (
          <p class="channel-picker-empty">{channels.noResults(name)}</p>
        ) : (
          <>
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
            {isLast && count > page * PAGE_SIZE && (
              <p class="channel-picker-more">
                <span>
                  {channels.someShown(
                    formatNumber(count, language),
                    formatNumber(page * PAGE_SIZE, language),
                  )}
                </span>
                <button type="button" class="button button-quiet button-small" onClick={onMore}>
                  {channels.more}
                </button>
              </p>
            )}
          </>
        )
      }
    </QueryBoundary>
  );
}

type RowProps = Pick<Props, "action" | "onSelect"> & {
  channel: components["schemas"]["ChannelRow"];
  isSelected: boolean;
};

function PickerRow({ channel, action, isSelected, onSelect }: RowProps) {
  const { channels } = useTranslations();
  const language = useLanguage();
  const subscriberText = useSubscriberText();
  const { idx, subscriber_num: subscribers, subscriber_estimated: isEstimated } = channel;
  const { channel_start_date: since } = channel;
  const name = channel.channel_name ?? "";
  const text = isSelected ? channels.selected : action;
  return (
    <li class="channel-picker-row">
      <Avatar url={channel.thumbnail_url} name={name} />
      <span>
        <b>{name}</b>
        <span class="meta">
          <span>{subscriberText(subscribers, isEstimated)}</span>
          <span>{channels.collected(formatNumber(channel.video_counts, language))}</span>
          {since && <span>{channels.since(formatFullDate(since, language))}</span>}
        </span>
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
