import { useEffect, useMemo, useState } from "preact/hooks";
import { fetchJson, toApiError } from "../../api/client";
import { useIncompleteDay } from "../../api/freshness";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart } from "../../charts/line-chart";
import { observedPoints, periodSeries } from "../../charts/period";
import { Card } from "../../components/card";
import { ChannelPicker } from "../../components/channel-picker";
import { EmptyState } from "../../components/empty-state";
import { Page } from "../../components/page";
import { QueryBoundary } from "../../components/query-boundary";
import {
  MetricControl,
  PeriodChanges,
  SeriesControls,
  SeriesLegend,
  TONES,
  useSeriesParams,
  type SeriesParams,
} from "../../components/series-controls";
import { Skeleton } from "../../components/skeleton";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";

/** Defined by the API. */
const MAX_CHANNELS = 5;
const METRICS = ["subscribers", "subscribers_gained", "views_gained", "uploads"] as const;

type Metric = (typeof METRICS)[number];
type Channel = components["schemas"]["ChannelSeries"];

/** Up to five channels, whose ids are in the URL, on one chart. */
export function ComparePage() {
  const { compare: t } = useTranslations();
  const { params } = useLocation();
  const ids = parseIds(params);
  return (
    <Page title={t.title} heading={t.title} description={t.description(MAX_CHANNELS)}>
      {ids.length === 0 ? <EmptyState title={t.start} /> : <ExistingChannels ids={ids} />}
      {ids.length < MAX_CHANNELS ? (
        <Card title={t.add} class="compare-add">
          <ChannelPicker
            action={t.addOne}
            selected={ids}
            onSelect={(idx) => navigate(urls.compare([...ids, idx], params))}
          />
        </Card>
      ) : (
        <p class="chart-note">{t.full(MAX_CHANNELS)}</p>
      )}
    </Page>
  );
}

/** The first valid ids, each once. */
function parseIds(params: URLSearchParams): number[] {
  const ids = params.getAll("channel").filter((id) => /^\d{1,9}$/.test(id));
  return [...new Set(ids.map(Number))].slice(0, MAX_CHANNELS);
}

/** The comparison, of the channels that exist if the API does not know all of them. */
function ExistingChannels({ ids }: { ids: number[] }) {
  const { compare: t } = useTranslations();
  const { params } = useLocation();
  const [unknown, setUnknown] = useState<number[]>([]);
  const existing = ids.filter((id) => !unknown.includes(id));
  const missing = ids.filter((id) => unknown.includes(id));
  return (
    <>
      {missing.length > 0 && (
        <p class="compare-missing" role="status">
          {t.missing(missing.map((id) => `#${id}`).join(", "))}{" "}
          <a class="link" href={urls.compare(existing, params)}>
            {t.removeMissing}
          </a>
        </p>
      )}
      {existing.length === 0 ? (
        <EmptyState title={t.start} />
      ) : (
        <Comparison ids={existing} onUnknown={setUnknown} />
      )}
    </>
  );
}

/** The ids without a channel: the API names only the first. */
async function findUnknown(ids: number[]): Promise<number[]> {
  const isUnknown = (id: number) =>
    fetchJson(apiQuery("/api/channels/{idx}/", { path: { idx: id } }).url).then(
      () => false,
      (error: unknown) => toApiError(error).status === 404,
    );
  const unknown = await Promise.all(ids.map(isUnknown));
  return ids.filter((_, index) => unknown[index]);
}

type ComparisonProps = { ids: number[]; onUnknown: (ids: number[]) => void };

function Comparison({ ids, onUnknown }: ComparisonProps) {
  const { channel, compare: t, daily } = useTranslations();
  const { params } = useLocation();
  const controls = useSeriesParams(90);
  const { days, unit: interval } = controls;
  const metric = METRICS.find((name) => name === params.get("metric")) ?? "subscribers";
  const query = apiQuery("/api/channels/compare/", { query: { channel: ids, days, interval } });
  const result = useQuery(query, { keepPreviousData: true });
  const isNotFound = result.error?.status === 404;
  const list = ids.join();
  useEffect(() => {
    if (!isNotFound) return;
    let isCurrent = true;
    void findUnknown(list.split(",").map(Number)).then((unknown) => {
      if (isCurrent && unknown.length > 0) onUnknown(unknown);
    });
    return () => {
      isCurrent = false;
    };
  }, [isNotFound, list, onUnknown]);
  return (
    <Card
      title={daily.metrics[metric]}
      description={`${controls.text}. ${daily.description}`}
      isBusy={result.isLoading}
      actions={<SeriesControls params={controls} csv={query} fileName="compare.csv" />}
    >
      <MetricControl metrics={METRICS} selected={metric} href={controls.href} />
      <QueryBoundary
        result={result}
        skeleton={<Skeleton kind="chart" />}
        notFound={
          <EmptyState title={channel.notFound}>
            <a class="button" href={urls.compare([], params)}>
              {t.restart}
            </a>
          </EmptyState>
        }
      >
        {({ channels }) => <CompareChart channels={channels} metric={metric} controls={controls} />}
      </QueryBoundary>
    </Card>
  );
}

type ChartProps = { channels: Channel[]; metric: Metric; controls: SeriesParams };

function CompareChart({ channels, metric, controls }: ChartProps) {
  const { compare: t, daily, period: labels } = useTranslations();
  const { unit, isCompared } = controls;
  const { start, end } = controls.period;
  const language = useLanguage();
  const { params } = useLocation();
  const lastDay = useIncompleteDay();
  const series = useMemo(
    () =>
      channels.flatMap(({ idx, channel_name, points }, index) => {
        // Two channels may have the same name.
        const name = distinctName(channels, idx, channel_name);
        return periodSeries(observedPoints(points, lastDay, unit), {
          name,
          previousName: isCompared ? labels.previous(name) : undefined,
          tone: TONES[index] ?? "a",
          period: { start, end },
          unit,
          read: (point) => point[metric],
        });
      }),
    [channels, lastDay, metric, start, end, unit, isCompared, labels],
  );
  const format = useMemo(() => (value: number) => formatCount(value, language), [language]);
  return (
    <>
      <SeriesLegend
        label={t.channels}
        items={channels.map(({ idx, channel_name }) => ({
          name: distinctName(channels, idx, channel_name),
          href: urls.channel(idx),
          without: urls.compare(
            channels.map((channel) => channel.idx).filter((other) => other !== idx),
            params,
          ),
        }))}
      />
      <PeriodChanges
        series={series}
        params={controls}
        format={format}
        isSum={metric !== "subscribers"}
      />
      <LineChart name={daily.metrics[metric]} series={series} format={format} empty={daily.empty} />
    </>
  );
}

function distinctName(channels: Channel[], idx: number, name: string | null | undefined): string {
  if (!name) return `#${idx}`;
  const isShared = channels.some((other) => other.idx !== idx && other.channel_name === name);
  return isShared ? `${name} #${idx}` : name;
}
