import type { ComponentChildren } from "preact";
import type { Freshness } from "../../api/freshness";
import { ScrollableTable, TableHead } from "../../components/scrollable-table";
import { formatInstant } from "../../format/dates";
import { formatNumber } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import { isFuture, sourceState } from "./source-state";
import { useStatusTexts } from "./status-texts";

export function SourceTable({ sources }: { sources: Freshness["sources"] }) {
  const t = useStatusTexts();
  const { data } = useTranslations();
  return (
    <Table
      name={t.sources}
      columns={[t.source, t.state, t.newestObservation, t.storedAt, t.problem]}
    >
      {sources.map((source) => (
        <tr key={source.name} data-source={source.name}>
          <th scope="row">
            {nameOf(t.sourceNames, source.name) ?? source.name}{" "}
            {source.is_simulated && <b class="badge-warning">{data.simulated}</b>}
          </th>
          <State source={source} />
          <td>
            <Instant value={source.newest_observation} />
          </td>
          <td>
            <Instant value={source.stored_at} />
          </td>
          <td class={source.problem ? "status-problem" : undefined}>
            {source.problem ? <ServerText text={source.problem} /> : t.none}
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function KindTable({ kinds }: { kinds: Freshness["collected"] }) {
  const t = useStatusTexts();
  const language = useLanguage();
  return (
    <Table name={t.collected} columns={[t.kind, t.count, t.failing, t.lastSuccess]}>
      {kinds.map(({ kind, sources, failing, last_success_at: lastSuccess }) => (
        <tr key={kind} data-kind={kind}>
          <th scope="row">{nameOf(t.kindNames, kind) ?? kind}</th>
          <td>{formatNumber(sources, language)}</td>
          <td class={failing > 0 ? "status-problem" : undefined}>
            {formatNumber(failing, language)}
          </td>
          <td>
            <Instant value={lastSuccess} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function FailingTable({ sources }: { sources: Freshness["failing"] }) {
  const t = useStatusTexts();
  const language = useLanguage();
  return (
    <Table
      name={t.failingSources}
      columns={[t.target, t.kind, t.failures, t.lastSuccess, t.reason]}
    >
      {sources.map(({ kind, value, title, failures, last_success_at: lastSuccess, reason }) => (
        <tr key={`${kind} ${value}`} data-failing={value}>
          <th scope="row">{title ? `${title} (${value})` : value}</th>
          <td>{nameOf(t.kindNames, kind) ?? kind}</td>
          <td>{formatNumber(failures, language)}</td>
          <td>
            <Instant value={lastSuccess} />
          </td>
          <td class="status-problem">{reason ? <ServerText text={reason} /> : "–"}</td>
        </tr>
      ))}
    </Table>
  );
}

export function QuotaTable({ quota }: { quota: Freshness["quota"] }) {
  const t = useStatusTexts();
  const language = useLanguage();
  return (
    <Table name={t.quota} columns={[t.bucket, t.used, t.share]}>
      {quota.map(({ bucket, used, daily_limit: limit, exhausted }) => {
        const name = nameOf(t.bucketNames, bucket) ?? bucket;
        return (
          <tr key={bucket} data-bucket={bucket}>
            <th scope="row">{name}</th>
            <td>{t.usedOf(formatNumber(used, language), formatNumber(limit, language))}</td>
            <td class={exhausted ? "status-problem" : undefined}>
              {exhausted && t.exhausted}{" "}
              <meter
                value={used}
                max={limit}
                low={limit * 0.8}
                high={limit * 0.95}
                optimum={0}
                aria-label={name}
              />
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

/** A message of the collector, which is in English. */
function ServerText({ text }: { text: string }) {
  return <span lang="en">{text}</span>;
}

/** Whether a source is current. */
function State({ source }: { source: Freshness["sources"][number] }) {
  const t = useStatusTexts();
  const state = sourceState(source, Date.now());
  if (!state) return <td>–</td>;
  return (
    <td class={state === "fresh" ? "status-fresh" : "status-problem"} data-state={state}>
      {t.states[state]}
    </td>
  );
}

/** A time in Seoul, or a dash if it is unknown. A time in the future is marked. */
export function Instant({ value }: { value: string | null | undefined }) {
  const t = useStatusTexts();
  const language = useLanguage();
  if (!value) return <>–</>;
  return (
    <>
      <time dateTime={value}>{formatInstant(value, language)}</time>
      {isFuture(value, Date.now()) && <b class="badge-warning">{t.states.future}</b>}
    </>
  );
}

type TableProps = { name: string; columns: string[]; children: ComponentChildren };

function Table({ name, columns, children }: TableProps) {
  return (
    <ScrollableTable label={name}>
      <table class="table">
        <TableHead columns={columns} />
        <tbody>{children}</tbody>
      </table>
    </ScrollableTable>
  );
}
