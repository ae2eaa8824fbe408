import type { ApiQuery } from "../api/query";
import { changeBetween, type TimeUnit } from "../charts/period";
import type { Series } from "../charts/series";
import { useLanguage, useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { withParams } from "../router/urls";
import { Change } from "./change";
import { CsvButton } from "./csv-button";
import { Icon } from "./icon";
import { daysToRequest, PeriodPicker, usePeriod, type SelectedPeriod } from "./period-picker";
import { SegmentedControl } from "./segmented-control";

/** The colors of compared series. */
export const TONES = ["a", "b", "c", "d", "e"] as const;

export type SeriesParams = SelectedPeriod & {
  /** The days that have to be requested. */
  days: number;
  defaultDays: number;
  unit: TimeUnit;
  /** The current URL with changed parameters. */
  href: (changes: Record<string, string | string[] | undefined>) => string;
};

/** Reads the period and the unit of a series from the URL. */
export function useSeriesParams(defaultDays = 28): SeriesParams {
  const { path, params } = useLocation();
  const selected = usePeriod(defaultDays);
  const unit = params.get("by") === "week" ? "week" : "day";
  const days = daysToRequest(selected, unit);
  const href: SeriesParams["href"] = (changes) => withParams(path, params, changes);
  return { ...selected, days, defaultDays, unit, href };
}

type ControlProps = {
  params: SeriesParams;
  csv: ApiQuery<unknown>;
  fileName: string;
  /** Whether the page has the picker elsewhere. */
  hasPicker?: boolean;
};

/** Selects the unit and the period of a series, and downloads it. */
export function SeriesControls({ params, csv, fileName, hasPicker = true }: ControlProps) {
  const { daily: t } = useTranslations();
  const { defaultDays, unit, href } = params;
  return (
    <div class="card-actions">
      <SegmentedControl
        label={t.interval}
        options={[
          { name: t.day, href: href({ by: undefined }), isSelected: unit === "day" },
          { name: t.week, href: href({ by: "week" }), isSelected: unit === "week" },
        ]}
      />
      {hasPicker && <PeriodPicker selected={params} defaultDays={defaultDays} />}
      <CsvButton query={csv} fileName={fileName} />
    </div>
  );
}

type Metric = keyof ReturnType<typeof useTranslations>["daily"]["metrics"];
type MetricProps<T> = { metrics: readonly T[]; selected: T; href: SeriesParams["href"] };

export function MetricControl<T extends Metric>({ metrics, selected, href }: MetricProps<T>) {
  const { daily: t } = useTranslations();
  return (
    <SegmentedControl
      label={t.metric}
      options={metrics.map((metric) => ({
        name: t.metrics[metric],
        href: href({ metric }),
        isSelected: metric === selected,
      }))}
    />
  );
}

type LegendItem = {
  name: string;
  href?: string;
  /** The URL without this item; undefined if it cannot be removed. */
  without?: string | undefined;
};

/** The compared items in their colors, with links that remove them. */
export function SeriesLegend({ label, items }: { label: string; items: LegendItem[] }) {
  const { compare: t } = useTranslations();
  return (
    <ul class="compare-channels" aria-label={label}>
      {items.map(({ name, href, without }, index) => (
        <li key={name} class={`legend legend-${TONES[index] ?? "a"}`}>
          <span>{href ? <a href={href}>{name}</a> : name}</span>
          {without && (
            <a class="compare-remove" href={without} aria-label={t.remove(name)}>
              <Icon name="close" />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

type ChangesProps = {
  /** Each line of the period before precedes its own. */
  series: Series[];
  params: Pick<SeriesParams, "unit" | "isCompared">;
  /** Whether the values of a period add up; otherwise its last value counts. */
  isSum: boolean;
  /** Whether the values of the two periods differ by the growth of the collection. */
  hasGrown?: boolean;
  format: (value: number) => string;
};

/** The change of each line against the period before; nothing without a comparison. */
export function PeriodChanges(props: ChangesProps) {
  const { series, params, isSum, hasGrown = false, format } = props;
  const { period: t, stats } = useTranslations();
  const language = useLanguage();
  if (!params.isCompared) return null;
  const main = series.filter((item) => !item.isPrevious);
  const comparedText = params.unit === "week" ? t.comparedWeeks : t.comparedDays;
  return (
    <ul class="period-changes" data-testid="period-changes">
      {main.map((item) => {
        const previous = series[series.indexOf(item) - 1];
        const change = changeBetween(item, previous?.points ?? [], isSum);
        const factor =
          change && change.previous > 0 && change.current >= 0 && !hasGrown
            ? change.current / change.previous
            : undefined;
        return (
          <li key={item.name}>
            {main.length > 1 && <b>{item.name}</b>}
            {change ? (
              <>
                {factor !== undefined && <Change factor={factor} language={language} />}
                {change.previous === 0 && change.current > 0 && !hasGrown && (
                  <b class="change-up">{t.new}</b>
                )}
                <span>
                  {t.current(format(change.current))} · {t.before(format(change.previous))}
                </span>
                <span class="period-count">{comparedText(change.count)}</span>
              </>
            ) : (
              <span>{t.notComparable}</span>
            )}
          </li>
        );
      })}
      {hasGrown && <li class="period-count">{stats.collectionGrew}</li>}
    </ul>
  );
}
