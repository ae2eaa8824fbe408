import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { bestTime } from "../../components/best-times";
import { Icon } from "../../components/icon";
import { formatCount } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import { urls, type VideoFilters } from "../../router/urls";
import { OutlierCard } from "../videos/outlier-card";
import type { PlanTimes } from "./use-plan-times";

const DAYS = 28;

/** The size and the category of the channel for which a video is planned. */
export type ChannelProfile = Pick<VideoFilters, "subscribers" | "category">;

type Props = { keyword: string; profile: ChannelProfile };

type LinkProps = Props & { times: PlanTimes | undefined };

/** Links to the drafts of a video with a keyword, at the next good time for its upload. */
export function PlanVideoLink({ keyword, profile, times }: LinkProps) {
  const { keyword: t } = useTranslations();
  const time = times?.result.data && bestTime(times.result.data);
  return (
    <a class="button" href={urls.plan(keyword, profile, time)}>
      {t.planVideo}
      <Icon name="arrow" />
    </a>
  );
}

/**
 * Outliers with the keyword of channels with such a profile, or of all channels if there are none.
 * Without any, outliers of similar channels with any keyword.
 */
export function KeywordOutliers({ keyword, profile }: Props) {
  const { ranking: t } = useTranslations();
  const describe = useProfileDescription();
  const path = "/api/keywords/outliers/";
  const planned = useQuery(apiQuery(path, { query: { keyword, days: DAYS, ...profile } }));
  const isUnrestricted = profile.subscribers === undefined && profile.category === undefined;
  const isEmpty = planned.data?.results.length === 0 && !isUnrestricted;
  const all = useQuery(isEmpty ? apiQuery(path, { query: { keyword, days: DAYS } }) : null);
  const { data } = isEmpty ? all : planned;
  if (!data) return null;
  if (data.results.length === 0) return <SimilarOutliers profile={profile} />;
  return (
    <OutlierCard
      title={t.keywordOutliers}
      description={(isEmpty ? "" : describe(profile)) || t.outliersDescription(DAYS)}
      class="card-wide"
      videos={data.results}
    />
  );
}

/** Describes the size and the category of a channel. */
function useProfileDescription() {
  const { categories, ranking: t } = useTranslations();
  const language = useLanguage();
  return ({ subscribers, category }: ChannelProfile) =>
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
function SimilarOutliers({ profile }: { profile: ChannelProfile }) {
  const { ranking: t } = useTranslations();
  const describe = useProfileDescription();
  const { subscribers } = profile;
  const path = "/api/videos/outliers/";
  const inCategory = useQuery(
    profile.subscribers ? apiQuery(path, { query: { days: DAYS, ...profile } }) : null,
  );
  const isEmpty = inCategory.data?.count === 0 && profile.category !== undefined;
  const inAll = useQuery(isEmpty ? apiQuery(path, { query: { days: DAYS, subscribers } }) : null);
  const { data } = isEmpty ? inAll : inCategory;
  if (!data || data.results.length === 0 || !profile.subscribers) return null;
  const shown = isEmpty ? { subscribers } : profile;
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
