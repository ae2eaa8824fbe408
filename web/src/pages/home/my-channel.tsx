import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { Icon } from "../../components/icon";
import { ErrorMessage, QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { VideoRow } from "../../components/video-row";
import { addDays, daysBetween, formatDate, today } from "../../format/dates";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { useOwnChannel } from "../../session/own-channel";
import { useSession } from "../../session/session";
import { useAccount } from "../../session/use-authenticated";
import { ChannelStats } from "../channel/channel-stats";
import { EarlyForecast } from "../video/early-forecast";
import { OutlierFigure } from "../video/outlier-figure";
import { HomeWatchlist } from "./home-watchlist";
import { Ideas } from "./ideas";
import { PlanForm } from "./plan-form";

type Info = components["schemas"]["ChannelInfo"];

/** The account's own channel and watchlist, or without a session a form that finds ideas. */
export function MyChannel() {
  if (useSession().status !== "authenticated") return <PlanForm />;
  return (
    <>
      <AccountChannel />
      <HomeWatchlist />
    </>
  );
}

function AccountChannel() {
  const { myChannel: t } = useTranslations();
  const { account, error, retry } = useAccount();
  const result = useOwnChannel();
  const skeleton = <Skeleton kind="channel" rows={3} />;
  if (!account) return error ? <ErrorMessage error={error} retry={retry} /> : skeleton;
  if (account.userinfo.own_channel == null) return <NoChannel text={t.none} />;
  return (
    <QueryBoundary result={result} skeleton={skeleton} notFound={<NoChannel text={t.notFound} />}>
      {({ channelInfo }) => <OwnChannel info={channelInfo} />}
    </QueryBoundary>
  );
}

function NoChannel({ text }: { text: string }) {
  const { myChannel: t } = useTranslations();
  return (
    <>
      <p class="home-section home-hint">
        {text} <a href={urls.account()}>{t.choose}</a>
      </p>
      <PlanForm />
    </>
  );
}

function OwnChannel({ info }: { info: Info }) {
  const { myChannel: t } = useTranslations();
  return (
    <section class="home-section" aria-label={t.title} data-testid="my-channel">
      <div class="home-selected-head">
        <h2 class="home-channel-name">{info.channel_name}</h2>
        <a class="button button-quiet" href={urls.channel(info.idx)}>
          {t.open}
          <Icon name="arrow" />
        </a>
      </div>
      <ChannelStats idx={info.idx} info={info} />
      <div class="my-channel">
        <LatestVideos idx={info.idx} />
        <Ideas idx={info.idx} subscribers={Number(info.subscriber)} />
      </div>
    </section>
  );
}

/** The days in which the latest videos are searched. */
const LATEST_DAYS = 28;
/** Age in days from which the API compares a video with earlier ones. */
const MIN_COMPARABLE_AGE = 2;

/** The latest upload, and the latest one that is old enough for a comparison at the same age. */
function LatestVideos({ idx }: { idx: number }) {
  const { myChannel: t } = useTranslations();
  const query = { days: LATEST_DAYS };
  const result = useQuery(apiQuery("/api/channels/{idx}/daily/", { path: { idx }, query }));
  const uploadDays = result.data?.days.filter(({ uploads }) => uploads > 0) ?? [];
  const latest = uploadDays.at(-1)?.date;
  const limit = addDays(today(), -MIN_COMPARABLE_AGE);
  const comparable = uploadDays.findLast(({ date }) => date <= limit)?.date;
  if (!latest) {
    return (
      <Card title={t.latest} class="card-wide" isBusy={result.isLoading}>
        <QueryBoundary result={result} skeleton={<Skeleton kind="video" rows={2} />}>
          {() => <p>{t.noLatest(LATEST_DAYS)}</p>}
        </QueryBoundary>
      </Card>
    );
  }
  if (latest === comparable || comparable === undefined) {
    return <UploadOfDay idx={idx} day={latest} title={t.latest} hasForecast hasComparison isWide />;
  }
  return (
    <>
      <UploadOfDay idx={idx} day={latest} title={t.latest} hasForecast />
      <UploadOfDay idx={idx} day={comparable} title={t.comparable} hasComparison />
    </>
  );
}

type UploadProps = {
  idx: number;
  day: string;
  title: string;
  hasForecast?: boolean;
  hasComparison?: boolean;
  isWide?: boolean;
};

/** The last video of a day of uploads, with its early forecast and its comparison. */
function UploadOfDay({ idx, day, title, hasForecast, hasComparison, isWide }: UploadProps) {
  const { myChannel: t, ranking, videos } = useTranslations();
  const language = useLanguage();
  const result = useQuery(
    apiQuery("/api/youtuber_search/channel_period_data/{idx}/", {
      path: { idx },
      query: { start: day, end: day },
    }),
  );
  return (
    <Card title={title} class={isWide ? "card-wide" : ""} isBusy={result.isLoading}>
      <QueryBoundary result={result} skeleton={<Skeleton kind="video" rows={2} />}>
        {(data) => {
          const list = Array.isArray(data) ? [] : data.video.data;
          const [video] = [...list].sort((a, b) =>
            (b.upload_time ?? "").localeCompare(a.upload_time ?? ""),
          );
          if (!video) return <p>{t.noLatest(LATEST_DAYS)}</p>;
          const views = video.videoviews.at(-1)?.views;
          const uploaded = video.upload_time ?? day;
          const age = daysBetween(uploaded, today());
          return (
            <>
              <ul class="video-rows">
                <VideoRow
                  idx={video.idx}
                  name={video.video_name}
                  thumbnail={video.thumbnail_url}
                  facts={[
                    views == null ? null : videos.views(formatCount(views, language)),
                    ranking.uploaded(formatDate(uploaded, language), age),
                  ]}
                />
              </ul>
              <div class="latest-figures">
                {hasComparison && <OutlierFigure idx={video.idx} />}
                {hasForecast && <EarlyForecast idx={video.idx} />}
              </div>
            </>
          );
        }}
      </QueryBoundary>
    </Card>
  );
}
