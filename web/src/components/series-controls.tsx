import type { ApiQuery } from "../api/query";
import { useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { withParams } from "../router/urls";
import { CsvButton } from "./csv-button";
import { Icon } from "./icon";
import { Segments } from "./segments";

/** Defined by the API, in days. */
const WINDOWS = [28, 90, 365];

/** The colours of compared series. */
export const TONES = ["a", "b", "c", "d", "e"] as const;

export type SeriesParams = {
  days: number;
  defaultDays: number;
  unit: "day" | "week";
  /** The current URL with changed parameters. */
  href: (changes: Record<string, string | string[] | undefined>) => string;
};

/** Reads the window and the unit of a series from the URL. */
export function useSeriesParams(defaultDays = 28): SeriesParams {
  const { path, params } = useLocation();
  const days = WINDOWS.find((window) => String(window) === params.get("days")) ?? defaultDays;
  const unit = params.get("by") === "week" ? "week" : "day";
  return { days, defaultDays, unit, href: (changes) => withParams(path, params, changes) };
}

type ControlProps = { params: SeriesParams; csv: ApiQuery<unknown>; fileName: string };

/** Selects the unit and the window of a series, and downloads it. */
export function SeriesControls({ params, csv, fileName }: ControlProps) {
  const { daily: t } = useTranslations();
  const { days, defaultDays, unit, href } = params;
  return (
    <div class="card-actions">
      <Segments
        label={t.interval}
        options={[
          { name: t.day, href: href({ by: undefined }), isSelected: unit === "day" },
          { name: t.week, href: href({ by: "week" }), isSelected: unit === "week" },
        ]}
      />
      <Segments
        label={t.window}
        options={WINDOWS.map((window) => ({
          name: t.days(window),
          href: href({ days: window === defaultDays ? undefined : String(window) }),
          isSelected: window === days,
        }))}
      />
      <CsvButton query={csv} fileName={fileName} />
    </div>
  );
}

type Metric = keyof ReturnType<typeof useTranslations>["daily"]["metrics"];
type MetricProps<T> = { metrics: readonly T[]; selected: T; href: SeriesParams["href"] };

export function MetricControl<T extends Metric>({ metrics, selected, href }: MetricProps<T>) {
  const { daily: t } = useTranslations();
  return (
    <Segments
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

/** The compared items in their colours, with links that remove them. */
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
