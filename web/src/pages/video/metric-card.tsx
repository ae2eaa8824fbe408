import { useEstimateMark } from "../../components/estimates";
import { formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { ComparisonBars } from "./comparison-bars";

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
  const { video: t } = useTranslations();
  const markEstimate = useEstimateMark();
  const language = useLanguage();
  return (
    <div class="figure" data-figure={name}>
      <h2>{name}</h2>
      <p class="figure-value">{value == null ? "–" : markEstimate(format(value), isEstimated)}</p>
      {value == null || average == null ? (
        <p class="figure-note">{t.noAverage}</p>
      ) : !isComparable ? (
        <p class="figure-note">{t.tooYoung}</p>
      ) : (
        <>
          <ComparisonBars value={value} reference={average} />
          <p class="figure-note">
            {t.average} <span data-testid="average">{format(average)}</span>
            {average > 0 && <b> · {t.ofAverage(formatRatio(value / average, language))}</b>}
          </p>
        </>
      )}
    </div>
  );
}
