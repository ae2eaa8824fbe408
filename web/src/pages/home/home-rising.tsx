import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { useGrowthText } from "../../components/growth";
import { Icon } from "../../components/icon";
import { UnavailableCard } from "../../components/query-boundary";
import { formatNumber } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { urls } from "../../router/urls";

/** The number of keywords. */
const MAX_KEYWORDS = 10;
/** The default of the API. */
const DAYS = 7;

/** The first rising keywords with a link to the list; nothing if there are none. */
export function HomeRising() {
  const { home, ranking, rising: t } = useTranslations();
  const language = useLanguage();
  const growthText = useGrowthText();
  const { data, error, retry } = useQuery(
    apiQuery("/api/trends/rising/", { query: { days: DAYS } }),
  );
  if (!data && error) {
    return <UnavailableCard title={t.rising} retry={retry} class="home-rising" />;
  }
  if (!data || data.results.length === 0) return null;
  return (
    <Card
      title={t.rising}
      description={`${home.ofAllChannels} ${t.risingDescription(DAYS)} ${t.order}`}
      class="home-rising"
      actions={
        <a class="button button-quiet button-small" href={urls.rising()}>
          {ranking.more}
          <Icon name="arrow" />
        </a>
      }
    >
      <ol class="keywords tone-recent">
        {data.results.slice(0, MAX_KEYWORDS).map((row, index) => (
          <li key={row.keyword}>
            <a class="keyword" href={urls.keyword(row.keyword)}>
              <span class="keyword-rank" aria-hidden="true">
                {index + 1}
              </span>
              <span class="keyword-name">{row.keyword}</span>
              <span class="keyword-value">
                {[t.usedBy(formatNumber(row.channels, language)), growthText(row)]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </Card>
  );
}
