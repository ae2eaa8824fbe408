import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { apiQuery } from "../api/query";
import { useQuery } from "../api/use-query";
import { useSubscriberText } from "../components/estimates";
import { useKeywordSuggestions, useTopKeywords } from "../components/keyword-suggestions";
import { useDebounced } from "../components/use-debounced";
import { channelNameOf, isAddress } from "../format/keywords";
import { useTranslations } from "../i18n";
import { urls } from "../router/urls";

const MAX_KEYWORDS = 6;
const MAX_CHANNELS = 5;
/** Delay after the last key press before channels are searched, in milliseconds. */
const DEBOUNCE = 250;

/** The options for a text: keywords, channels and pages. */
export function SearchOptions({ text }: { text: string }) {
  const { headerSearch: t, keyword: labels } = useTranslations();
  const topKeywords = useTopKeywords();
  const hasAddress = isAddress(text);
  const suggestions = useKeywordSuggestions(hasAddress ? "" : text).filter(
    ({ keyword }) => keyword !== text,
  );
  const keywords = text ? suggestions.map(({ keyword }) => keyword) : topKeywords;
  // Text of the other keyboard layout, such as ajrqkd for 먹방, is rarely meant as it is.
  const isOtherLayout = suggestions[0]?.matched === "layout";
  const searchText = (label: string) => text && <Option href={urls.keyword(text)}>{label}</Option>;
  const channel = channelNameOf(text);
  const pages = usePages().filter(({ name }) => includes(name, text));
  return (
    <>
      {(text || keywords.length > 0) && (
        <Group name={text ? t.keywords : labels.trending}>
          {hasAddress && <Status>{`${labels.address}. ${labels.addressDescription}`}</Status>}
          {!hasAddress && !isOtherLayout && searchText(t.searchKeyword(text))}
          {keywords.slice(0, MAX_KEYWORDS).map((name) => (
            <Option key={name} href={urls.keyword(name)}>
              {name}
            </Option>
          ))}
          {isOtherLayout && searchText(t.searchAsTyped(text))}
        </Group>
      )}
      {channel && <Channels text={channel} />}
      {pages.length > 0 && (
        <Group name={t.pages}>
          {pages.map(({ name, href }) => (
            <Option key={href} href={href}>
              {name}
            </Option>
          ))}
        </Group>
      )}
    </>
  );
}

function Channels({ text }: { text: string }) {
  const { headerSearch: t, states } = useTranslations();
  const subscriberText = useSubscriberText();
  const name = useDebounced(text, DEBOUNCE);
  const query = { youtuber_name: name };
  const result = useQuery(apiQuery("/api/youtuber_search/channel_list/", { query }));
  const { data, error } = result;
  const channels = data?.results.slice(0, MAX_CHANNELS) ?? [];
  const status = error ? states.unavailable : data ? t.noChannels : states.loading;
  return (
    <Group name={t.channels}>
      {channels.map(({ idx, channel_name, subscriber_num, subscriber_estimated }) => (
        <Option
          key={idx}
          href={urls.channel(idx)}
          note={subscriberText(subscriber_num, subscriber_estimated)}
        >
          {channel_name}
        </Option>
      ))}
      {data && data.count > MAX_CHANNELS && (
        <Option href={urls.channels(name)}>{t.allChannels(name)}</Option>
      )}
      {channels.length === 0 && <Status>{status}</Status>}
    </Group>
  );
}

function Status({ children }: { children: string }) {
  return (
    <div class="search-status" role="option" aria-selected={false} aria-disabled="true">
      {children}
    </div>
  );
}

function Group({ name, children }: { name: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} class="search-group">
        {name}
      </p>
      {children}
    </div>
  );
}

type OptionProps = { href: string; note?: string | undefined; children: ComponentChildren };

function Option({ href, note, children }: OptionProps) {
  return (
    // `@github/combobox-nav` sets `aria-selected`.
    <a role="option" aria-selected={false} tabIndex={-1} class="search-option" href={href}>
      <span>{children}</span>
      {note && <span class="search-note">{note}</span>}
    </a>
  );
}

function usePages(): { name: string; href: string }[] {
  const { compare, nav, ranking, rising } = useTranslations();
  return [
    { name: nav.home, href: urls.home() },
    { name: rising.rising, href: urls.rising() },
    { name: rising.large, href: urls.large() },
    { name: ranking.outliers, href: urls.outliers() },
    { name: ranking.chart, href: urls.videoChart() },
    { name: nav.channels, href: urls.channels() },
    { name: compare.title, href: urls.compare([]) },
    { name: nav.predict, href: urls.predict() },
    { name: nav.watchlist, href: urls.watchlist() },
    { name: nav.account, href: urls.account() },
    { name: nav.status, href: urls.status() },
  ];
}

function includes(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.toLowerCase());
}
