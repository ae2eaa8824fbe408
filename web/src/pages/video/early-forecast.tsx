import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { UnavailableFigure } from "../../components/query-boundary";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";

/** The views of a young video on its 31st day, forecast from its counts; nothing otherwise. */
export function EarlyForecast({ idx }: { idx: number }) {
  const { units, video: t } = useTranslations();
  const language = useLanguage();
  const { data, error, retry } = useQuery(
    apiQuery("/api/videos/{idx}/forecast/", { path: { idx } }),
  );
  if (!data && error) return <UnavailableFigure title={t.forecast} retry={retry} />;
  if (!data?.forecast) return null;
  const { low, value, high } = data.forecast.day_31;
  const format = (count: number) => formatCount(count, language);
  return (
    <div class="figure" data-testid="early-forecast">
      <h2>{t.forecast}</h2>
      <p class="figure-value">{units.views(format(value))}</p>
      <p class="figure-note">
        {t.forecastInterval(data.forecast.age_days, format(low), format(high))}
      </p>
    </div>
  );
}
