import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { Icon } from "../../components/icon";
import { formatNumber, formatRatio } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

/** The number of keywords. */
const MAX_KEYWORDS = 10;
/** The default of the API. */
const DAYS = 7;

/** The first rising keywords with a link to the list; nothing if there are none. */
export function HomeRising() {
  const { ranking, rising: t } = useTranslations();
  const language = useLanguage();
  const { data } = useQuery(apiQuery("/api/trends/rising/", { query: { days: DAYS } }));
  if (!data || data.results.length === 0) return null;
  return (
    <Card
      title={t.rising}
      description={t.risingDescription(DAYS)}
      class="home-rising"
      actions={
        <a class="button button-quiet button-small" href={urls.rising()}>
          {ranking.more}
          <Icon name="arrow" />
        </a>
      }
    >
      <ol class="keywords tone-recent">
        {data.results.slice(0, MAX_KEYWORDS).map(({ keyword, rate_ratio, channels }, index) => (
          <li key={keyword}>
            <a class="keyword" href={urls.keyword(keyword)}>
              <span class="keyword-rank" aria-hidden="true">
                {index + 1}
              </span>
              <span class="keyword-name">{keyword}</span>
              <span class="keyword-value">
                {t.usedBy(formatNumber(channels, language))}
                {rate_ratio != null && ` · ${formatRatio(rate_ratio, language)}`}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </Card>
  );
}
