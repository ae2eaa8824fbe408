import { useLanguage, useTranslations } from "../i18n";
import { Change } from "./change";

export type Stat = {
  name: string;
  value: string;
  /** The value as a multiple of that of the period before; undefined if that is unknown or 0. */
  change?: number | undefined;
  note?: string | undefined;
  /** Daily values; null on days without one. */
  points?: (number | null)[];
};

/** `isPlain` leaves no room for changes and sparklines. */
type Props = { label: string; stats: Stat[]; isPlain?: boolean };

/** Figures with their change against the period before and a sparkline. */
export function StatStrip({ label, stats, isPlain = false }: Props) {
  return (
    <dl class={isPlain ? "stats stats-plain" : "stats"} aria-label={label}>
      {stats.map((stat) => (
        <StatFigure key={stat.name} stat={stat} />
      ))}
    </dl>
  );
}

function StatFigure({ stat: { name, value, change, note, points = [] } }: { stat: Stat }) {
  const { stats: t } = useTranslations();
  const language = useLanguage();
  return (
    <div class="stat" data-stat={name}>
      <dt>{name}</dt>
      <dd class="stat-value">{value}</dd>
      <dd class="stat-note">
        {change !== undefined && <Change factor={change} language={language} />}{" "}
        {change !== undefined ? t.change : note}
      </dd>
      <dd class="stat-line">
        <Sparkline points={points} />
      </dd>
    </div>
  );
}

const WIDTH = 100;
const HEIGHT = 24;
/** The smallest range of a line, as a share of its largest value. */
const MIN_RANGE = 0.1;

/** A decorative line with gaps on days without a value; nothing below two values. */
function Sparkline({ points }: { points: (number | null)[] }) {
  const known = points.filter((value) => value !== null);
  if (known.length < 2) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  // Small variations must not look large.
  const range = Math.max(high - low, Math.max(Math.abs(high), 1) * MIN_RANGE);
  const middle = (low + high) / 2;
  const y = (value: number) => HEIGHT / 2 - ((value - middle) / range) * (HEIGHT - 4);
  let path = "";
  for (const [index, value] of points.entries()) {
    if (value === null) continue;
    const command = points[index - 1] == null ? "M" : "L";
    const x = (index / (points.length - 1)) * WIDTH;
    path += `${command}${x.toFixed(1)} ${y(value).toFixed(1)}`;
  }
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** Sums below this are shown without a change: a few more or less are chance. */
const MIN_COMPARED = 20;

/**
 * The sums of the last complete days and of as many before; null if a day has no value. Without
 * `change` if the sum before is too small to compare with.
 */
export function lastSums<T extends { is_complete: boolean }>(
  points: T[],
  valueOf: (point: T) => number | null | undefined,
  days = 7,
): { current: number | null; previous: number | null; change: number | undefined } {
  const values = points.filter((point) => point.is_complete).map(valueOf);
  const current = sumOf(values.slice(-days), days);
  const previous = sumOf(values.slice(-2 * days, -days), days);
  const hasChange =
    current !== null && previous !== null && current >= 0 && previous >= MIN_COMPARED;
  return { current, previous, change: hasChange ? current / previous : undefined };
}

export type Sums = ReturnType<typeof lastSums>;

/** The note of a figure without a change: the sum before, or why there is none. */
export function useSumNote() {
  const { stats: t } = useTranslations();
  return ({ current, previous }: Sums, format: (sum: number) => string) => {
    if (current === null) return t.unknown;
    return previous === null ? t.noChange : t.before(format(previous));
  };
}

function sumOf(values: (number | null | undefined)[], days: number): number | null {
  if (values.length < days) return null;
  let sum = 0;
  for (const value of values) {
    if (value == null) return null;
    sum += value;
  }
  return sum;
}

/** The values of the complete days. */
export function completeValues<T extends { is_complete: boolean }>(
  points: T[],
  valueOf: (point: T) => number | null | undefined,
): (number | null)[] {
  return points.filter((point) => point.is_complete).map((point) => valueOf(point) ?? null);
}
