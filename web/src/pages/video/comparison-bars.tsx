type Props = { value: number; reference: number };

/** A bar of a value over the bar of what it is compared with; decorative. */
export function ComparisonBars({ value, reference }: Props) {
  const max = Math.max(value, reference) || 1;
  const style = (part: number) => ({ width: `${Math.max((part / max) * 100, 1)}%` });
  return (
    <div class="figure-bars" aria-hidden="true">
      <span class="figure-bar" style={style(value)} />
      <span class="figure-bar figure-bar-average" style={style(reference)} />
    </div>
  );
}
