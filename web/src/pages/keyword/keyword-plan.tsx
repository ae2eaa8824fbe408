import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { formatCount } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import { urls, type VideoFilters } from "../../router/urls";
import { OutlierCard } from "../videos/outlier-card";

const DAYS = 28;

/** The size and the category of the channel for which a video is planned. */
export type Plan = Pick<VideoFilters, "subscribers" | "category">;

/**
 * Outliers of similar channels in the category, or in all if there are none; nothing without a size.
 */
export function SimilarOutliers({ plan }: { plan: Plan }) {
  const { categories, ranking: t } = useTranslations();
  const language = useLanguage();
  const { subscribers } = plan;
  const path = "/api/videos/outliers/";
  const inCategory = useQuery(
    plan.subscribers ? apiQuery(path, { query: { days: DAYS, ...plan } }) : null,
  );
  const isEmpty = inCategory.data?.count === 0 && plan.category !== undefined;
  const inAll = useQuery(isEmpty ? apiQuery(path, { query: { days: DAYS, subscribers } }) : null);
  const { data } = isEmpty ? inAll : inCategory;
  const category = !isEmpty && plan.category ? nameOf(categories, plan.category) : undefined;
  if (!data || data.results.length === 0 || !plan.subscribers) return null;
  const size = t.similarChannels(formatCount(plan.subscribers, language));
  return (
    <OutlierCard
      title={t.similarOutliers}
      description={[size, category, t.anyKeyword].filter(Boolean).join(" · ")}
      class="card-wide"
      videos={data.results}
      href={urls.outliers(isEmpty ? { subscribers } : plan)}
    />
  );
}
