import type { components } from "../../api/schema";
import { formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

type Alert = components["schemas"]["AlertResponse"];

type Props = {
  alerts: Alert[];
  /** The number of alerts that are shown at once. */
  max: number;
};

/** Rising keywords by rank, then outliers by the ratio that is shrunk for small samples. */
export function Alerts({ alerts, max }: Props) {
  const { watchlist: t } = useTranslations();
  const rising = alerts.filter(({ video }) => !video);
  const outliers = alerts.filter(({ video }) => video);
  const rank = (alert: Alert) => alert.rising_rank ?? Infinity;
  const ratio = (alert: Alert) => alert.video?.ratio_shrunk ?? 0;
  const sorted = [
    ...rising.sort((one, other) => rank(one) - rank(other)),
    ...outliers.sort((one, other) => ratio(other) - ratio(one)),
  ];
  const more = sorted.slice(max);
  return (
    <>
      <h3>{t.alerts}</h3>
      <AlertList alerts={sorted.slice(0, max)} label={t.alerts} />
      {more.length > 0 && (
        <details>
          <summary>{t.moreAlerts(more.length)}</summary>
          <AlertList alerts={more} label={t.moreAlerts(more.length)} />
        </details>
      )}
      {sorted.length > 1 && <p class="chart-note">{t.alertsOrder}</p>}
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
                    formatRatio(video.views / video.expected_views, language),
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
