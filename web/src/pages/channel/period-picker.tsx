import type { Period } from "../../charts/period";
import { addDays, today } from "../../format/dates";
import { useTranslations } from "../../i18n";
import { navigate } from "../../router/location";
import { urls } from "../../router/urls";

const PRESET_DAYS = [7, 14, 30];

type Props = { idx: number; period: Period | undefined };

/** Selects a period by presets or date inputs, without the chart. */
export function PeriodPicker({ idx, period }: Props) {
  const { channel } = useTranslations();
  const now = today();
  const lastDays = (days: number) => ({ start: addDays(now, 1 - days), end: now });
  const selectDates = (change: Partial<Period>) => {
    const { start, end } = { ...(period ?? lastDays(14)), ...change };
    if (start && end) navigate(urls.channel(idx, start, end), { replace: true });
  };
  const isSelected = (days: number) => period?.end === now && period.start === lastDays(days).start;
  return (
    <div class="period" role="group" aria-label={channel.period}>
      <div class="segments">
        <a href={urls.channel(idx)} aria-current={period ? undefined : "true"}>
          {channel.all}
        </a>
        {PRESET_DAYS.map((days) => {
          const { start, end } = lastDays(days);
          return (
            <a
              key={days}
              href={urls.channel(idx, start, end)}
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
