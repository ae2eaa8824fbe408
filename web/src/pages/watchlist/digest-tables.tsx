import type { ComponentChildren } from "preact";
import type { components } from "../../api/schema";
import { ScrollableTable, TableHead } from "../../components/scrollable-table";
import { formatCount, formatNumber, formatSigned } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

export type DigestData = components["schemas"]["DigestResponse"];

/** `isCompact` omits the columns that are marked as details. */
type TableProps = { isCompact?: boolean };
/** The rank among the rising keywords is that of now, and only shown in the latest digest. */
type KeywordsProps = TableProps & { keywords: DigestData["keywords"]; hasRank?: boolean };

/** The watched keywords with their figures of the week; nothing without any. */
export function DigestKeywords({ keywords, isCompact, hasRank = false }: KeywordsProps) {
  const { stats, watchlist: t } = useTranslations();
  const language = useLanguage();
  const rank: Column<DigestData["keywords"][number]> = {
    name: t.risingRank,
    value: ({ rising_rank }) => String(rising_rank ?? "–"),
    isDetail: true,
  };
  return (
    <DigestTable
      label={t.keywords}
      header={t.keyword}
      rows={keywords}
      link={({ name }) => (
        <a class="link" href={urls.keyword(name)}>
          {name}
        </a>
      )}
      isCompact={isCompact}
      columns={[
        { name: t.videos, value: ({ current }) => formatCount(current.videos, language) },
        {
          name: t.change,
          value: ({ current, previous }) =>
            formatSigned(current.videos - previous.videos, language),
        },
        {
          name: stats.channelsPerDay,
          value: ({ current }) => formatNumber(current.channels_per_day, language),
          isDetail: true,
        },
        { name: t.views, value: ({ current }) => formatCount(current.views, language) },
        ...(hasRank ? [rank] : []),
      ]}
    />
  );
}

/** The watched channels with their figures of the week; nothing without any. */
export function DigestChannels({
  channels,
  isCompact,
}: TableProps & { channels: DigestData["channels"] }) {
  const { watchlist: t } = useTranslations();
  const language = useLanguage();
  const count = (value: number | null | undefined) =>
    value == null ? "–" : formatCount(value, language);
  return (
    <DigestTable
      label={t.channels}
      header={t.channel}
      rows={channels}
      link={({ channel_idx: idx, name }) => (
        <a class="link" href={urls.channel(idx)}>
          {name}
        </a>
      )}
      isCompact={isCompact}
      columns={[
        { name: t.uploads, value: ({ current }) => count(current.uploads) },
        {
          name: t.change,
          value: ({ current, previous }) =>
            formatSigned(current.uploads - previous.uploads, language),
        },
        { name: t.gainedViews, value: ({ current }) => count(current.views_gained) },
        {
          name: t.gainedViewsBefore,
          value: ({ previous }) => count(previous.views_gained),
          isDetail: true,
        },
        { name: t.outliers, value: ({ outliers }) => count(outliers.length), isDetail: true },
      ]}
    />
  );
}

type Column<T> = { name: string; value: (row: T) => string; isDetail?: boolean };

type DigestTableProps<T> = {
  label: string;
  /** The name of the first column. */
  header: string;
  rows: T[];
  link: (row: T) => ComponentChildren;
  columns: Column<T>[];
  isCompact: boolean | undefined;
};

function DigestTable<T extends { watch_id: number }>(props: DigestTableProps<T>) {
  const { label, header, rows, link, isCompact = false } = props;
  if (rows.length === 0) return null;
  const columns = props.columns.filter(({ isDetail }) => !(isCompact && isDetail));
  return (
    <ScrollableTable label={label}>
      <table class="table table-numbers">
        <caption>{label}</caption>
        <TableHead columns={[header, ...columns.map(({ name }) => name)]} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.watch_id}>
              <th scope="row">{link(row)}</th>
              {columns.map(({ name, value }) => (
                <td key={name}>{value(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollableTable>
  );
}
