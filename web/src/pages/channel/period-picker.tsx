import type { Period } from "../../charts/period";
import { plusDays, today } from "../../format/dates";
import { useWords } from "../../i18n/words";
import { to } from "../../router/addresses";
import { go } from "../../router/location";

/** Periods that are chosen often, in days. */
const PRESETS = [7, 14, 30];

type Props = { idx: number; period: Period | undefined };

/** The period in days; also without the chart. */
export function PeriodPicker({ idx, period }: Props) {
  const { channel } = useWords();
  const now = today();
  const lastDays = (days: number) => ({ start: plusDays(now, 1 - days), end: now });
  const choose = (change: Partial<Period>) => {
    const { start, end } = { ...(period ?? lastDays(14)), ...change };
    if (start && end) go(to.channel(idx, start, end), { replace: true });
  };
  const isChosen = (days: number) => period?.end === now && period.start === lastDays(days).start;
  return (
    <div class="period" role="group" aria-label={channel.period}>
      <div class="segments">
        <a href={to.channel(idx)} aria-current={period ? undefined : "true"}>
          {channel.all}
        </a>
        {PRESETS.map((days) => {
          const { start, end } = lastDays(days);
          return (
            <a
              key={days}
              href={to.channel(idx, start, end)}
              aria-current={isChosen(days) ? "true" : undefined}
            >
              {channel.lastDays(days)}
            </a>
          );
        })}
      </div>
      <div class="period-days">
        <input
          type="date"
          aria-label={channel.from}
          value={period?.start ?? ""}
          max={now}
          onChange={(event) => choose({ start: event.currentTarget.value })}
        />
        <span aria-hidden="true">–</span>
        <input
          type="date"
          aria-label={channel.until}
          value={period?.end ?? ""}
          max={now}
          onChange={(event) => choose({ end: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
