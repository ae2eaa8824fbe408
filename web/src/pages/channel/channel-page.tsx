import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { Avatar } from "../../components/avatar";
import { EmptyState } from "../../components/empty-state";
import { useSubscriberText } from "../../components/estimates";
import { Icon } from "../../components/icon";
import { Page } from "../../components/page";
import { QueryBoundary } from "../../components/query-boundary";
import { SearchForm } from "../../components/search-form";
import { Skeleton } from "../../components/skeleton";
import { WatchButton } from "../../components/watch-button";
import { formatFullDate } from "../../format/dates";
import { useLanguage, useTranslations } from "../../i18n";
import { navigate } from "../../router/location";
import { urls } from "../../router/urls";
import { ChannelContent } from "./channel-content";
import { ChannelStats } from "./channel-stats";

type Info = components["schemas"]["ChannelInfo"];

export function ChannelPage({ idx }: { idx: number }) {
  const t = useTranslations();
  const result = useQuery(apiQuery("/api/youtuber_search/channel_list/{idx}/", { path: { idx } }));
  const info = result.data?.channelInfo;
  const name = info?.channel_name ?? "";
  const isNotFound = result.error?.status === 404;
  return (
    <Page
      title={name || (isNotFound ? t.channel.notFound : t.channels.title)}
      heading={name || (isNotFound ? t.channel.notFound : <Skeleton kind="text" />)}
      avatar={
        info ? (
          <Avatar url={info.thumbnail_url} name={name} size="large" />
        ) : (
          !isNotFound && <span class="avatar avatar-large skeleton" />
        )
      }
      description={
        info ? <ChannelDescription info={info} /> : !isNotFound && <Skeleton kind="text" />
      }
      actions={
        !isNotFound && (
          <>
            <WatchButton kind="channel" target={String(idx)} />
            <a class="button button-quiet" href={urls.compare([idx])}>
              {t.compare.withOthers}
              <Icon name="arrow" />
            </a>
          </>
        )
      }
    >
      {!isNotFound && <ChannelStats idx={idx} info={info} />}
      <QueryBoundary
        result={result}
        skeleton={<ChannelContent idx={idx} />}
        notFound={
          <EmptyState title={t.channel.search}>
            <SearchForm
              value=""
              label={t.channels.search}
              placeholder={t.channels.placeholder}
              onSearch={(text) => navigate(urls.channels(text || undefined))}
            />
            <a class="button button-quiet" href={urls.channels()}>
              {t.channel.back}
            </a>
          </EmptyState>
        }
      >
        {(data) => <ChannelContent idx={idx} data={data} />}
      </QueryBoundary>
    </Page>
  );
}

function ChannelDescription({ info }: { info: Info }) {
  const { channels } = useTranslations();
  const language = useLanguage();
  const { channel_start_date: since, channel_description: description } = info;
  const subscribers = useSubscriberText()(Number(info.subscriber), info.subscriber_estimated);
  return (
    <>
      {subscribers && <b data-testid="subscribers">{subscribers}</b>}
      {subscribers && since && " · "}
      {since && channels.since(formatFullDate(since, language))}
      {description && <span class="channel-description">{description}</span>}
    </>
  );
}
