import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { EmptyState } from "../../components/empty-state";
import { Page } from "../../components/page";
import { Pagination } from "../../components/pagination";
import { QueryBoundary } from "../../components/query-boundary";
import { SearchForm } from "../../components/search-form";
import { Skeleton } from "../../components/skeleton";
import { SortableTable, useTableView } from "../../components/sortable-table";
import { formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls, withParams } from "../../router/urls";
import { useChannelColumns } from "./channel-columns";
import { ChannelCard } from "./channel-card";

/** Defined by the API. */
const PAGE_SIZE = 10;

export function ChannelsPage() {
  const { channels: t } = useTranslations();
  const { params } = useLocation();
  const name = params.get("name") ?? "";
  const page = Math.max(1, Math.floor(Number(params.get("page") ?? 1)) || 1);
  const query = { youtuber_name: name, page };
  const result = useQuery(apiQuery("/api/youtuber_search/channel_list/", { query }), {
    keepPreviousData: true,
  });
  const href = (changes: Record<string, string | undefined>) =>
    withParams("/channels", params, { page: undefined, sort: undefined, ...changes });
  return (
    <Page title={t.title} heading={t.title} description={t.description}>
      <SearchForm
        value={name}
        label={t.search}
        placeholder={t.placeholder}
        onSearch={(text) => navigate(href({ name: text }))}
        class="page-search"
      />
      <QueryBoundary
        result={result}
        skeleton={<Skeleton kind="channel" rows={PAGE_SIZE} />}
        notFound={
          <EmptyState title={t.pageNotFound}>
            <a class="button" href={urls.channels(name)}>
              {t.firstPage}
            </a>
          </EmptyState>
        }
      >
        {({ count, results }) =>
          count === 0 ? (
            <NoChannels name={name} />
          ) : (
            <div class={result.isLoading ? "is-previous" : ""}>
              <ChannelList count={count} channels={results} />
              <Pagination
                page={page}
                pageCount={Math.ceil(count / PAGE_SIZE)}
                href={(target) => href({ page: target === 1 ? undefined : String(target) })}
              />
            </div>
          )
        }
      </QueryBoundary>
    </Page>
  );
}

/** Offers the keyword of the same name. */
function NoChannels({ name }: { name: string }) {
  const { channel, channels: t } = useTranslations();
  return (
    <EmptyState title={t.noResults(name)} description={t.noResultsDescription}>
      <a class="button button-quiet" href={urls.keyword(name)}>
        {t.keyword(name)}
      </a>
      <a class="button button-quiet" href={urls.channels()}>
        {channel.back}
      </a>
    </EmptyState>
  );
}

type ListProps = { count: number; channels: components["schemas"]["ChannelRow"][] };

/** The channels of a page as cards or as a table. */
function ChannelList({ count, channels }: ListProps) {
  const { channels: t } = useTranslations();
  const language = useLanguage();
  const view = useTableView();
  const columns = useChannelColumns();
  return (
    <>
      <div class="list-head">
        <p class="list-count" role="status">
          {t.count(formatNumber(count, language))}
        </p>
        {view.link}
      </div>
      {view.isTable ? (
        <SortableTable
          label={t.title}
          columns={columns}
          rows={channels}
          rowKey={({ idx }) => idx}
        />
      ) : (
        <ul class="channel-cards">
          {channels.map((channel) => (
            <ChannelCard key={channel.idx} channel={channel} />
          ))}
        </ul>
      )}
    </>
  );
}
