import type { Period } from "../../charts/period";
import { addDays, today } from "../../format/dates";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { withParams } from "../../router/urls";

const PRESET_DAYS = [7, 14, 30];

type Props = { period: Period | undefined };

/** Selects a period by presets or date inputs, without the chart. */
export function PeriodPicker({ period }: Props) {
  const { channel } = useTranslations();
  const { path, params } = useLocation();
  const href = (selected: Partial<Period>) =>
    withParams(path, params, { start: undefined, end: undefined, ...selected });
  const now = today();
  const lastDays = (days: number) => ({ start: addDays(now, 1 - days), end: now });
  const selectDates = (change: Partial<Period>) => {
    const { start, end } = { ...(period ?? lastDays(14)), ...change };
    if (start && end) navigate(href({ start, end }), { replace: true });
  };
  const isSelected = (days: number) => period?.end === now && period.start === lastDays(days).start;
  return (
    <div class="period" role="group" aria-label={channel.period}>
      <div class="segments">
        <a href={href({})} aria-current={period ? undefined : "true"}>
          {channel.all}
        </a>
        {PRESET_DAYS.map((days) => {
          const { start, end } = lastDays(days);
          return (
            <a
              key={days}
              href={href({ start, end })}
              aria-current={isSelected(days) ? "true" : undefined}
            >
              {channel.lastDays(days)}
            </a>
          );
        })}
      </div>
      <div class="period-dates">
        <input
          type="date"
          aria-label={channel.from}
          value={period?.start ?? ""}
          max={now}
          onChange={(event) => selectDates({ start: event.currentTarget.value })}
        />
        <span aria-hidden="true">–</span>
        <input
          type="date"
          aria-label={channel.to}
          value={period?.end ?? ""}
          max={now}
          onChange={(event) => selectDates({ end: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
