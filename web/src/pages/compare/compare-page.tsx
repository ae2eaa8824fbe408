import { useMemo } from "preact/hooks";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { ChannelFinder } from "../../components/channel-finder";
import { Notice } from "../../components/notice";
import { Page } from "../../components/page";
import { QueryBoundary } from "../../components/query-boundary";
import {
  MetricControl,
  SeriesControls,
  SeriesLegend,
  TONES,
  useSeriesParams,
} from "../../components/series-controls";
import { Skeleton } from "../../components/skeleton";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { unfinishedFrom } from "../channel/daily-record";

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
      {ids.length === 0 ? <Notice title={t.start} /> : <Comparison ids={ids} />}
      {ids.length < MAX_CHANNELS ? (
        <Card title={t.add} class="compare-add">
          <ChannelFinder
            action={t.addOne}
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

function Comparison({ ids }: { ids: number[] }) {
  const { channel, compare: t, daily, filters } = useTranslations();
  const { params } = useLocation();
  const controls = useSeriesParams(90);
  const { days, unit: interval } = controls;
  const metric = METRICS.find((name) => name === params.get("metric")) ?? "subscribers";
  const query = apiQuery("/api/channels/compare/", { query: { channel: ids, days, interval } });
  const result = useQuery(query, { keepPreviousData: true });
  return (
    <Card
      title={daily.metrics[metric]}
      description={`${filters.lastDays(days)}. ${daily.description}`}
      isBusy={result.isLoading}
      actions={<SeriesControls params={controls} csv={query} fileName="compare.csv" />}
    >
      <MetricControl metrics={METRICS} selected={metric} href={controls.href} />
      <QueryBoundary
        result={result}
        skeleton={<Skeleton kind="chart" />}
        notFound={
          <Notice title={channel.notFound}>
            <a class="button" href={urls.compare([], params)}>
              {t.restart}
            </a>
          </Notice>
        }
      >
        {({ channels }) => <CompareChart channels={channels} metric={metric} />}
      </QueryBoundary>
    </Card>
  );
}

function CompareChart({ channels, metric }: { channels: Channel[]; metric: Metric }) {
  const { compare: t, daily } = useTranslations();
  const language = useLanguage();
  const { params } = useLocation();
  const series = useMemo(
    () =>
      channels.map(({ idx, channel_name, points }, index) => ({
        // Two channels may have the same name.
        name: distinctName(channels, idx, channel_name),
        tone: TONES[index] ?? "a",
        points: points.map((point) => ({ date: point.date, value: point[metric] ?? null })),
        unfinishedFrom: unfinishedFrom(points),
      })),
    [channels, metric],
  );
  const format = useMemo(() => (value: number) => formatCount(value, language), [language]);
  return (
    <>
      <SeriesLegend
        label={t.channels}
        items={channels.map(({ idx }, index) => ({
          name: series[index]?.name ?? "",
          href: urls.channel(idx),
          without: urls.compare(
            channels.map((channel) => channel.idx).filter((other) => other !== idx),
            params,
          ),
        }))}
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
