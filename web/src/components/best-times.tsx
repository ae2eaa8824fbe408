import { useEffect, useRef } from "preact/hooks";
import { apiQuery } from "../api/query";
import type { components } from "../api/schema";
import { useQuery, type QueryResult } from "../api/use-query";
import { nextWeekday, today } from "../format/dates";
import { numberFormat } from "../format/intl";
import { formatRatio } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";
import type { UploadTime } from "../router/urls";
import { Card } from "./card";
import { QueryBoundary } from "./query-boundary";
import { ScrollableTable } from "./scrollable-table";
import { Skeleton } from "./skeleton";

type Hour = components["schemas"]["HourOfWeek"];
type KnownHour = Hour & { median_ratio: number };
type Query = { channel?: number; category?: number; keyword?: string };

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** The number of hours that are named in the text. */
const MAX_NAMED = 3;

type BestTimesData = components["schemas"]["BestTimesResponse"];

export function useBestTimes(query: Query | null): QueryResult<BestTimesData> {
  return useQuery(query && apiQuery("/api/videos/best_times/", { query }));
}

export function hasKnownHours({ hours }: BestTimesData): boolean {
  return hours.some((hour) => hour.median_ratio != null);
}

type Props = {
  result: QueryResult<BestTimesData>;
  /** The name in the title; omitted if the card is about the subject of the page. */
  subject?: string | undefined;
  description: string;
  /** The URL that plans a video for a time; without it, times are no links. */
  planHref?: (time: UploadTime) => string;
};

/** Views of videos by the weekday and hour of their upload, in Seoul. */
export function BestTimes({ result, subject, description, planHref }: Props) {
  const { bestTimes: t } = useTranslations();
  return (
    <Card
      title={subject ? `${t.title}: ${subject}` : t.title}
      description={description}
      class="card-wide"
      isBusy={result.isLoading}
    >
      <QueryBoundary result={result} skeleton={<Skeleton kind="chart" />}>
        {(data) =>
          hasKnownHours(data) ? (
            <>
              <BestHours hours={bestHours(data.hours)} planHref={planHref} />
              <HeatMap hours={data.hours} planHref={planHref} />
              <p class="chart-note">{t.note}</p>
            </>
          ) : (
            <p class="chart-empty">{t.empty(data.videos)}</p>
          )
        }
      </QueryBoundary>
    </Card>
  );
}

/** Smaller differences are not named: they may be chance. Compared as shown, to two decimals. */
const MIN_NAMED_RATIO = 1.2;

/** The hours that are clearly better than others, highest first. */
function bestHours(hours: Hour[]): KnownHour[] {
  return hours.filter(isNamed).sort((a, b) => b.median_ratio - a.median_ratio);
}

function isNamed(hour: Hour): hour is KnownHour {
  return hour.median_ratio != null && Math.round(hour.median_ratio * 100) >= MIN_NAMED_RATIO * 100;
}

/** The next time of the best hour, from tomorrow on; undefined without one. */
export function bestTime({ hours }: BestTimesData): UploadTime | undefined {
  const [best] = bestHours(hours);
  return best && nextTime(best);
}

function nextTime({ weekday, hour }: Hour): UploadTime {
  return { date: nextWeekday(today(), weekday), hour };
}

type PlanProps = Pick<Props, "planHref">;

function BestHours({ hours, planHref }: PlanProps & { hours: KnownHour[] }) {
  const { bestTimes: t } = useTranslations();
  const language = useLanguage();
  if (hours.length === 0) return <p>{t.noneBetter(formatRatio(MIN_NAMED_RATIO, language))}</p>;
  return (
    <ol class="best-hours">
      {hours.slice(0, MAX_NAMED).map((best) => {
        const name = t.time(t.weekdays[best.weekday - 1] ?? "", best.hour);
        return (
          <li key={name}>
            <b>{name}</b> {t.ratio(formatRatio(best.median_ratio, language), best.videos)}
            {planHref && (
              <a
                class="button button-quiet button-small"
                href={planHref(nextTime(best))}
                aria-label={`${t.plan}: ${name}`}
              >
                {t.plan}
              </a>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Small screens show the best hour first, or else the first known one. */
function HeatMap({ hours, planHref }: PlanProps & { hours: Hour[] }) {
  const { bestTimes: t } = useTranslations();
  const table = useRef<HTMLTableElement>(null);
  const known = hours.filter((hour) => hour.median_ratio != null).map(({ hour }) => hour);
  const best = bestHours(hours)[0]?.hour ?? Math.min(...known);
  useEffect(() => {
    const scrolled = table.current?.parentElement;
    const column = table.current?.rows[0]?.cells[best + 1];
    if (!scrolled || !column) return;
    scrolled.scrollLeft = column.offsetLeft - (scrolled.clientWidth - column.offsetWidth) / 2;
  }, [best]);
  const cells = new Map(hours.map((hour) => [`${hour.weekday} ${hour.hour}`, hour]));
  return (
    <ScrollableTable label={t.title}>
      <table class="heat-map" ref={table}>
        <caption class="sr-only">{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.weekday}</th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {t.hour(hour)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{t.weekdays[weekday - 1]}</th>
              {HOURS.map((hour) => (
                <HeatCell key={hour} hour={cells.get(`${weekday} ${hour}`)} planHref={planHref} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollableTable>
  );
}

/** The strongest color is that of this ratio and of its inverse. */
const MAX_RATIO = 3;

/** Of the hours that can be named, a link; with the keyboard, the best ones are reached above. */
function HeatCell({ hour, planHref }: PlanProps & { hour: Hour | undefined }) {
  const { bestTimes: t } = useTranslations();
  const language = useLanguage();
  const ratio = hour?.median_ratio;
  if (!hour || ratio == null) return <td title={t.tooFew(hour?.videos ?? 0)} />;
  const digits = ratio < 10 ? 2 : 1;
  const text = numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(ratio);
  const level = Math.min(Math.abs(Math.log(ratio)) / Math.log(MAX_RATIO), 1);
  return (
    <td
      class={ratio >= 1 ? "heat-above" : "heat-below"}
      style={{ "--level": `${Math.round(level * 45)}%` }}
      title={t.ratio(formatRatio(ratio, language), hour.videos)}
    >
      {planHref && isNamed(hour) ? (
        <a href={planHref(nextTime(hour))} tabIndex={-1}>
          {text}
        </a>
      ) : (
        text
      )}
    </td>
  );
}
