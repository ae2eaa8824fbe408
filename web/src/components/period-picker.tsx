import type { Period, TimeUnit } from "../charts/period";
import { addDays, daysBetween, formatDateRange, today } from "../format/dates";
import { useLanguage, useTranslations } from "../i18n";
import { navigate, useLocation } from "../router/location";
import { withParams } from "../router/urls";
import { CalendarButton } from "./calendar";
import { SegmentedControl } from "./segmented-control";

/** The last days that can be selected at once. */
const PRESETS = [7, 28, 90, 365];
/** The days before today that the API returns. */
export const MAX_DAYS = 365;

export type SelectedPeriod = {
  period: Period;
  /** The number of days that end today; undefined for other periods, and without a selection. */
  preset: number | undefined;
  isSelected: boolean;
  isInvalid: boolean;
  isCompared: boolean;
  /** Whether the API has the period before. */
  canCompare: boolean;
  /** Such as "last 28 days" or the dates. */
  text: string;
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the period from the URL: `days=28`, or `start` and `end`; and `compare=previous`. */
export function usePeriod(defaultDays: number): SelectedPeriod {
  const { period: t } = useTranslations();
  const language = useLanguage();
  const { params } = useLocation();
  const now = today();
  const days = PRESETS.find((preset) => String(preset) === params.get("days"));
  const [start, end] = [params.get("start"), params.get("end")];
  const isCustom = start !== null && end !== null && DATE.test(start) && DATE.test(end);
  const period = isCustom ? { start, end } : lastDays(days ?? defaultDays);
  const length = daysBetween(period.start, period.end) + 1;
  const canCompare = daysBetween(period.start, now) + length < MAX_DAYS;
  return {
    period,
    preset: isCustom ? undefined : (days ?? defaultDays),
    isSelected: isCustom || days !== undefined,
    isInvalid: length < 1,
    isCompared: canCompare && params.get("compare") === "previous",
    canCompare,
    text: isCustom
      ? formatDateRange(period.start, period.end, language)
      : t.lastDays(days ?? defaultDays),
  };
}

function lastDays(days: number): Period {
  return { start: addDays(today(), 1 - days), end: today() };
}

/** The days until today that have to be requested, with the period before if it is compared. */
export function daysToRequest(selected: SelectedPeriod, unit: TimeUnit): number {
  const { period, isCompared } = selected;
  const days = daysBetween(period.start, today()) + 1;
  const length = daysBetween(period.start, period.end) + 1;
  // A period can touch one week more than its length.
  const before = isCompared ? length + (unit === "week" ? 7 : 0) : 0;
  return Math.min(Math.max(days + before, 1), MAX_DAYS);
}

type Props = {
  selected: SelectedPeriod;
  defaultDays: number;
  /** Whether no selection means all data, so that there is a link to it. */
  hasAll?: boolean;
};

/** Selects a period by its length or its dates, and a comparison with the period before. */
export function PeriodPicker({ selected, defaultDays, hasAll = false }: Props) {
  const { period: t } = useTranslations();
  const language = useLanguage();
  const { path, params } = useLocation();
  const { period, preset, isSelected, isInvalid, isCompared, canCompare } = selected;
  const href = (changes: Record<string, string | undefined>) =>
    withParams(path, params, { days: undefined, start: undefined, end: undefined, ...changes });
  const isCustom = preset === undefined;
  const hasDefault = (days: number) => days === defaultDays && !hasAll;
  const presets = PRESETS.map((days) => ({
    name: t.days(days),
    href: href({ days: hasDefault(days) ? undefined : String(days) }),
    isSelected: days === preset && (isSelected || !hasAll),
  }));
  if (hasAll) presets.unshift({ name: t.all, href: href({}), isSelected: !isSelected });
  return (
    <div class="period" role="group" aria-label={t.label}>
      <SegmentedControl label={t.presets} options={presets} />
      <CalendarButton
        class={`button button-quiet button-small ${isCustom ? "period-custom" : ""}`}
        label={t.choose}
        text={isCustom ? formatDateRange(period.start, period.end, language) : t.choose}
        value={isInvalid || (hasAll && !isSelected) ? "" : `${period.start}/${period.end}`}
        isRange
        min={hasAll ? undefined : addDays(today(), 1 - MAX_DAYS)}
        max={today()}
        onSelect={(value) => {
          const [start, end] = value.split("/");
          if (start && end) navigate(href({ start, end }));
        }}
      />
      <label class="check" title={canCompare ? undefined : t.tooLong}>
        <input
          type="checkbox"
          checked={isCompared}
          disabled={!canCompare}
          onChange={() =>
            navigate(withParams(path, params, { compare: isCompared ? undefined : "previous" }))
          }
        />
        {t.compare}
      </label>
    </div>
  );
}
