import type { components } from "../../api/schema";
import { withQuery } from "../../api/query";
import { Card } from "../../components/card";
import { Notice } from "../../components/notice";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { formatDateRange } from "../../format/dates";
import { formatCount, formatNumber, formatSigned } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { useAuthenticated } from "../../session/use-authenticated";

type DigestData = components["schemas"]["DigestResponse"];
type Alert = components["schemas"]["AlertResponse"];

/** The alerts that are shown at once. */
const MAX_ALERTS = 8;

/** What the watched keywords and channels did in a week, by default the current one. */
export function Digest({ week }: { week: string | undefined }) {
  const result = useAuthenticated<DigestData>(withQuery("me/digest", { week }));
  if (result.error?.fields.week) return <InvalidWeek />;
  return (
    <QueryBoundary result={result} skeleton={<Skeleton kind="row" rows={5} />}>
      {(digest) => <DigestCards digest={digest} />}
    </QueryBoundary>
  );
}

/** The week of the address does not exist, or none of its days is over. */
function InvalidWeek() {
  const { watchlist: t } = useTranslations();
  return (
    <Notice title={t.invalidWeek} description={t.invalidWeekDescription}>
      <a class="button" href={urls.watchlist()}>
        {t.currentWeek}
      </a>
    </Notice>
  );
}

function DigestCards({ digest }: { digest: DigestData }) {
  const { watchlist: t } = useTranslations();
  const language = useLanguage();
  const { previous_from: start, previous_until: end } = digest;
  const comparison = t.comparedWith(formatDateRange(start, end, language));
  return (
    <Card
      title={formatDateRange(digest.from, digest.until, language)}
      description={digest.is_complete ? comparison : `${t.unfinished} ${comparison}`}
      actions={
        <a class="button button-quiet button-small" href={urls.watchlist(digest.previous_week)}>
          {t.previousWeek}
        </a>
      }
      class="digest"
    >
      <Alerts alerts={digest.alerts} />
      <Keywords keywords={digest.keywords} />
      <Channels channels={digest.channels} />
    </Card>
  );
}

/** Rising keywords first, then outliers by their ratio. */
function Alerts({ alerts }: { alerts: Alert[] }) {
  const { watchlist: t } = useTranslations();
  if (alerts.length === 0) return <p>{t.noAlerts}</p>;
  const order = ({ video }: Alert) =>
    video ? -(video.ratio_shrunk ?? 0) : Number.NEGATIVE_INFINITY;
  const sorted = [...alerts].sort((one, other) => order(one) - order(other));
  const more = sorted.slice(MAX_ALERTS);
  return (
    <>
      <h3>{t.alerts}</h3>
      <AlertList alerts={sorted.slice(0, MAX_ALERTS)} label={t.alerts} />
      {more.length > 0 && (
        <details>
          <summary>{t.moreAlerts(more.length)}</summary>
          <AlertList alerts={more} label={t.moreAlerts(more.length)} />
        </details>
      )}
    </>
  );
}

function AlertList({ alerts, label }: { alerts: Alert[]; label: string }) {
  const { watchlist: t } = useTranslations();
  const language = useLanguage();
  return (
    <ul class="digest-alerts" aria-label={label}>
      {alerts.map(({ id, name, rising_rank: rank, video }) => (
        <li key={id}>
          {video ? (
            <a class="link" href={urls.video(video.idx)}>
              {video.views == null || !video.expected_views
                ? `${name}: ${video.title}`
                : t.outlier(
                    name,
                    video.title,
                    formatNumber(video.views / video.expected_views, language),
                  )}
            </a>
          ) : (
            <a class="link" href={urls.keyword(name)}>
              {t.rising(name, rank ?? 0)}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function Keywords({ keywords }: { keywords: DigestData["keywords"] }) {
  const { watchlist: t } = useTranslations();
  const language = useLanguage();
  if (keywords.length === 0) return null;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable
    <div class="table-scroll" tabIndex={0} role="group" aria-label={t.keywords}>
      <table class="table table-numbers">
        <caption>{t.keywords}</caption>
        <thead>
          <tr>
            <th scope="col">{t.keyword}</th>
            <th scope="col">{t.videos}</th>
            <th scope="col">{t.change}</th>
            <th scope="col">{t.channelsPerDay}</th>
            <th scope="col">{t.views}</th>
            <th scope="col">{t.risingRank}</th>
          </tr>
        </thead>
        <tbody>
          {keywords.map(({ watch_id, name, current, previous, rising_rank }) => (
            <tr key={watch_id}>
              <th scope="row">
                <a class="link" href={urls.keyword(name)}>
                  {name}
                </a>
              </th>
              <td>{formatCount(current.videos, language)}</td>
              <td>{formatSigned(current.videos - previous.videos, language)}</td>
              <td>{formatNumber(current.channels_per_day, language)}</td>
              <td>{formatCount(current.views, language)}</td>
              <td>{rising_rank ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Channels({ channels }: { channels: DigestData["channels"] }) {
  const { watchlist: t } = useTranslations();
  const language = useLanguage();
  if (channels.length === 0) return null;
  const count = (value: number | null | undefined) =>
    value == null ? "–" : formatCount(value, language);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable
    <div class="table-scroll" tabIndex={0} role="group" aria-label={t.channels}>
      <table class="table table-numbers">
        <caption>{t.channels}</caption>
        <thead>
          <tr>
            <th scope="col">{t.channel}</th>
            <th scope="col">{t.uploads}</th>
            <th scope="col">{t.change}</th>
            <th scope="col">{t.gainedViews}</th>
            <th scope="col">{t.gainedViewsBefore}</th>
            <th scope="col">{t.outliers}</th>
          </tr>
        </thead>
        <tbody>
          {channels.map(({ watch_id, channel_idx, name, current, previous, outliers }) => (
            <tr key={watch_id}>
              <th scope="row">
                <a class="link" href={urls.channel(channel_idx)}>
                  {name}
                </a>
              </th>
              <td>{count(current.uploads)}</td>
              <td>{formatSigned(current.uploads - previous.uploads, language)}</td>
              <td>{count(current.views_gained)}</td>
              <td>{count(previous.views_gained)}</td>
              <td>{count(outliers.length)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
