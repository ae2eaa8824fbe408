import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { bestTime } from "../../components/best-times";
import { Icon } from "../../components/icon";
import { UnavailableCard } from "../../components/query-boundary";
import { formatCount } from "../../format/numbers";
import { nameOf, useLanguage, useTranslations } from "../../i18n";
import { urls, type VideoFilters } from "../../router/urls";
import { OutlierCard } from "../videos/outlier-card";
import type { PlanTimes } from "./use-plan-times";

const DAYS = 28 as const;

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

/** Outliers with the keyword of channels with such a profile. */
function useOutliers(keyword: string, profile: ChannelProfile | null) {
  const query = profile && { keyword, days: DAYS, ...profile };
  const result = useQuery(query && apiQuery("/api/keywords/outliers/", { query }));
  return { result, isEmpty: result.data?.results.length === 0 };
}

/**
 * Outliers with the keyword of channels with such a profile. If there are none, those of channels of
 * the size, then of all channels. Without any, outliers of similar channels with any keyword.
 */
export function KeywordOutliers({ keyword, profile }: Props) {
  const { ranking: t } = useTranslations();
  const { describe, noneOf } = useProfileTexts();
  const { subscribers, category } = profile;
  const planned = useOutliers(keyword, profile);
  const hasSize = subscribers !== undefined && category !== undefined;
  const ofSize = useOutliers(keyword, planned.isEmpty && hasSize ? { subscribers } : null);
  const isUnrestricted = subscribers === undefined && category === undefined;
  const isNone = hasSize ? ofSize.isEmpty : planned.isEmpty && !isUnrestricted;
  const all = useOutliers(keyword, isNone ? {} : null);
  const { result } = isNone ? all : planned.isEmpty && hasSize ? ofSize : planned;
  const { data, error, retry } = result;
  if (!data && error) {
    return <UnavailableCard title={t.keywordOutliers} retry={retry} class="card-wide" />;
  }
  if (!data) return null;
  const { results } = data;
  if (results.length === 0) return <SimilarOutliers profile={profile} />;
  const ofOthers = result === ofSize.result ? t.allCategories : t.allChannels;
  return (
    <OutlierCard
      title={t.keywordOutliers}
      description={
        planned.isEmpty && !isUnrestricted
          ? `${noneOf(profile)} ${ofOthers}`
          : describe(profile) || t.outliersDescription(DAYS)
      }
      class="card-wide"
      videos={results}
    />
  );
}

/** Describes the size and the category of a channel. */
function useProfileTexts() {
  const { categories, ranking: t } = useTranslations();
  const language = useLanguage();
  const read = ({ subscribers, category }: ChannelProfile) =>
    [
      subscribers && formatCount(subscribers, language),
      category && nameOf(categories, category),
    ] as const;
  return {
    describe: (profile: ChannelProfile) => t.profile(...read(profile)),
    noneOf: (profile: ChannelProfile) => t.noneOf(...read(profile)),
  };
}

/**
 * Outliers of similar channels in the category, or in all if there are none; nothing without a size.
 */
function SimilarOutliers({ profile }: { profile: ChannelProfile }) {
  const { ranking: t } = useTranslations();
  const { describe } = useProfileTexts();
  const { subscribers } = profile;
  const path = "/api/videos/outliers/";
  const inCategory = useQuery(
    profile.subscribers ? apiQuery(path, { query: { days: DAYS, ...profile } }) : null,
  );
  const isEmpty = inCategory.data?.count === 0 && profile.category !== undefined;
  const inAll = useQuery(isEmpty ? apiQuery(path, { query: { days: DAYS, subscribers } }) : null);
  const { data, error, retry } = isEmpty ? inAll : inCategory;
  if (!data && error) {
    return <UnavailableCard title={t.similarOutliers} retry={retry} class="card-wide" />;
  }
  if (!data || data.results.length === 0 || !profile.subscribers) return null;
  const shown = isEmpty ? { subscribers } : profile;
  return (
    <OutlierCard
      title={t.similarOutliers}
      description={`${describe(shown)} ${t.anyKeyword}`}
      class="card-wide"
      videos={data.results}
      href={urls.outliers(shown)}
    />
  );
}
