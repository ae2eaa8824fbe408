import { EmptyState } from "../../components/empty-state";
import { KeywordSuggestions } from "../../components/keyword-suggestions";
import { Page } from "../../components/page";
import { SearchForm } from "../../components/search-form";
import { WatchButton } from "../../components/watch-button";
import { channelNameOf, isAddress, isSetting, MAX_KEYWORD_LENGTH } from "../../format/keywords";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls } from "../../router/urls";
import { parseFilters } from "../videos/video-filters";
import { PlanVideoLink } from "./keyword-outliers";
import { KeywordResults } from "./keyword-results";
import { usePlanTimes } from "./use-plan-times";

export function KeywordPage() {
  const { channels, keyword: t, rising, search } = useTranslations();
  const { params } = useLocation();
  const keyword = params.get("q")?.trim() ?? "";
  const { subscribers, category } = parseFilters(params);
  const profile = { subscribers, category };
  const invalid = invalidReason(keyword);
  const channel = channelNameOf(keyword);
  const isValid = keyword !== "" && invalid === undefined;
  const times = usePlanTimes(isValid ? keyword : null, category);
  return (
    <Page
      title={keyword || t.title}
      heading={keyword || t.title}
      description={t.description}
      actions={
        <>
          <a class="button button-quiet" href={urls.rising(profile)}>
            {rising.rising}
          </a>
          {isValid && <WatchButton kind="keyword" target={keyword} />}
          {isValid && <PlanVideoLink keyword={keyword} profile={profile} times={times} />}
        </>
      }
    >
      <SearchForm
        value={keyword}
        label={search.keyword}
        hasSuggestions
        placeholder={search.placeholder}
        onSearch={(text) => navigate(urls.keyword(text, profile))}
        class="page-search"
      />
      {isValid ? (
        <KeywordResults key={keyword} keyword={keyword} profile={profile} times={times} />
      ) : (
        <EmptyState
          title={invalid ? t[invalid] : t.start}
          description={invalid ? t[`${invalid}Description`] : t.startDescription}
        >
          <KeywordSuggestions />
          {invalid === "address" && channel && (
            <a class="button button-quiet" href={urls.channels(channel)}>
              {channels.findByName(channel)}
            </a>
          )}
        </EmptyState>
      )}
    </Page>
  );
}

/** Why the API rejects a keyword, or why it finds nothing; undefined otherwise. */
function invalidReason(keyword: string): "tooLong" | "setting" | "address" | undefined {
  if (isAddress(keyword)) return "address";
  if (isSetting(keyword)) return "setting";
  return Array.from(keyword).length > MAX_KEYWORD_LENGTH ? "tooLong" : undefined;
}
