import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { useBestDate } from "../../components/best-times";
import { Icon } from "../../components/icon";
import { formatCount } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import { urls, type VideoFilters } from "../../router/urls";
import { OutlierCard } from "../videos/outlier-card";

const DAYS = 28;

/** The size and the category of the channel for which a video is planned. */
export type Plan = Pick<VideoFilters, "subscribers" | "category">;

/** Links to the drafts of a video with a keyword, at the next good time for its upload. */
export function PlanLink({ keyword, plan }: { keyword: string; plan: Plan }) {
  const { keyword: t } = useTranslations();
  const { category } = plan;
  const bestDate = useBestDate({ keyword });
  const bestDateOfCategory = useBestDate(category === undefined ? null : { category });
  return (
    <a class="button" href={urls.plan(keyword, plan, bestDate ?? bestDateOfCategory)}>
      {t.planVideo}
      <Icon name="arrow" />
    </a>
  );
}

/**
 * Outliers with the keyword of channels like the planned one, or of all channels if there are none.
 * Without any, outliers of similar channels with any keyword.
 */
export function KeywordOutliers({ keyword, plan }: { keyword: string; plan: Plan }) {
  const { ranking: t } = useTranslations();
  const describe = usePlanDescription();
  const path = "/api/keywords/outliers/";
  const planned = useQuery(apiQuery(path, { query: { keyword, days: DAYS, ...plan } }));
  const isUnrestricted = plan.subscribers === undefined && plan.category === undefined;
  const isEmpty = planned.data?.results.length === 0 && !isUnrestricted;
  const all = useQuery(isEmpty ? apiQuery(path, { query: { keyword, days: DAYS } }) : null);
  const { data } = isEmpty ? all : planned;
  if (!data) return null;
  if (data.results.length === 0) return <SimilarOutliers plan={plan} />;
  return (
    <OutlierCard
      title={t.keywordOutliers}
      description={(isEmpty ? "" : describe(plan)) || t.outliersDescription(DAYS)}
      class="card-wide"
      videos={data.results}
    />
  );
}

/** Describes the size and the category of a plan. */
function usePlanDescription() {
  const { categories, ranking: t } = useTranslations();
  const language = useLanguage();
  return ({ subscribers, category }: Plan) =>
    [
      subscribers && t.similarChannels(formatCount(subscribers, language)),
      category && nameOf(categories, category),
    ]
      .filter(Boolean)
      .join(" · ");
}

/**
 * Outliers of similar channels in the category, or in all if there are none; nothing without a size.
 */
function SimilarOutliers({ plan }: { plan: Plan }) {
  const { ranking: t } = useTranslations();
  const describe = usePlanDescription();
  const { subscribers } = plan;
  const path = "/api/videos/outliers/";
  const inCategory = useQuery(
    plan.subscribers ? apiQuery(path, { query: { days: DAYS, ...plan } }) : null,
  );
  const isEmpty = inCategory.data?.count === 0 && plan.category !== undefined;
  const inAll = useQuery(isEmpty ? apiQuery(path, { query: { days: DAYS, subscribers } }) : null);
  const { data } = isEmpty ? inAll : inCategory;
  if (!data || data.results.length === 0 || !plan.subscribers) return null;
  const shown = isEmpty ? { subscribers } : plan;
  return (
    <OutlierCard
      title={t.similarOutliers}
      description={`${describe(shown)} · ${t.anyKeyword}`}
      class="card-wide"
      videos={data.results}
      href={urls.outliers(shown)}
    />
  );
}
