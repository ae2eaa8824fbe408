import { formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";

type Props = {
  name: string;
  value: number | null | undefined;
  average: number | null | undefined;
  format: (value: number) => string;
  /** Whether the video is old enough for a comparison. */
  isComparable: boolean;
  /** The value is an estimate. */
  isEstimated?: boolean;
};

/** A metric compared with its average. */
export function MetricCard({ name, value, average, format, isComparable, isEstimated }: Props) {
  const { channel, video: t } = useTranslations();
  const language = useLanguage();
  const max = Math.max(value ?? 0, average ?? 0) || 1;
  const barStyle = (part: number) => ({ width: `${Math.max((part / max) * 100, 1)}%` });
  return (
    <div class="figure" data-figure={name}>
      <h2>{name}</h2>
      <p class="figure-value">
        {value == null ? "–" : isEstimated ? channel.estimated(format(value)) : format(value)}
      </p>
      {value == null || average == null ? (
        <p class="figure-note">{t.noAverage}</p>
      ) : !isComparable ? (
        <p class="figure-note">{t.tooYoung}</p>
      ) : (
        <>
          <div class="figure-bars" aria-hidden="true">
            <span class="figure-bar" style={barStyle(value)} />
            <span class="figure-bar figure-bar-average" style={barStyle(average)} />
          </div>
          <p class="figure-note">
            {t.average} <span data-testid="average">{format(average)}</span>
            {average > 0 && <b> · {t.ofAverage(formatRatio(value / average, language))}</b>}
          </p>
        </>
      )}
    </div>
  );
}
