import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { Icon } from "../../components/icon";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { KeywordTable } from "../rising/rising-page";

/** The number of keywords. */
const MAX_KEYWORDS = 5;
/** The default of the API. */
const DAYS = 7;

/** The first rising keywords with a link to the list; nothing if there are none. */
export function HomeRising() {
  const { ranking, rising: t } = useTranslations();
  const { data } = useQuery(apiQuery("/api/trends/rising/", { query: { days: DAYS } }));
  if (!data || data.results.length === 0) return null;
  return (
    <Card
      title={t.rising}
      description={t.risingDescription(DAYS)}
      class="home-outliers"
      actions={
        <a class="button button-quiet button-small" href={urls.rising()}>
          {ranking.more}
          <Icon name="arrow" />
        </a>
      }
    >
      <KeywordTable list="rising" data={{ results: data.results.slice(0, MAX_KEYWORDS) }} />
    </Card>
  );
}
