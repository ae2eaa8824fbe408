import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { UnavailableFigure } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { formatCount, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { ComparisonBars } from "./comparison-bars";

/** The views of a video against those of the channel's earlier videos at the same age. */
export function OutlierFigure({ idx }: { idx: number }) {
  const { outlier: t, ranking } = useTranslations();
  const language = useLanguage();
  const { data, error, retry } = useQuery(
    apiQuery("/api/videos/{idx}/outlier/", { path: { idx } }),
  );
  if (!data && error) return <UnavailableFigure title={t.title} retry={retry} />;
  if (!data) return <Skeleton kind="figure" />;
  const { outlier } = data;
  if (!outlier) {
    return (
      <div class="figure" data-testid="outlier">
        <h2>{t.title}</h2>
        <p class="figure-value">–</p>
        <p class="figure-note">{t.insufficient}</p>
      </div>
    );
  }
  const { views_at_age: views, expected_views: expected, age_days: age, sample } = outlier;
  const count = (value: number) => formatCount(value, language);
  return (
    <div class="figure" data-testid="outlier">
      <h2>{t.title}</h2>
      <p class="figure-value">{ranking.usual(formatRatio(outlier.ratio, language))}</p>
      <ComparisonBars value={views} reference={expected} />
      <p class="figure-note">
        {ranking.viewsAtAge(age, count(views), count(Math.round(expected)))}
      </p>
      <p class="figure-note">
        {outlier.is_small_sample ? (
          <span class="badge-warning">{ranking.smallSample(sample)}</span>
        ) : (
          ranking.sample(sample)
        )}
      </p>
      <p class="figure-note">{t.method}</p>
    </div>
  );
}
