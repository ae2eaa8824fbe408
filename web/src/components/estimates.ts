import { formatCount } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";

/** Returns a function that marks the text of a number if that is estimated. */
export function useEstimateMark(): (text: string, isEstimated?: boolean) => string {
  const { channel } = useTranslations();
  return (text, isEstimated = false) => (isEstimated ? channel.estimated(text) : text);
}

/** The API returns 0 for an unknown number of subscribers. */
type SubscriberText = (
  subscribers: number | null | undefined,
  isEstimated?: boolean,
) => string | undefined;

/** Returns a function for the text of a number of subscribers; undefined if it is unknown. */
export function useSubscriberText(): SubscriberText {
  const { video } = useTranslations();
  const language = useLanguage();
  const markEstimate = useEstimateMark();
  return (subscribers, isEstimated) =>
    subscribers
      ? markEstimate(video.subscribers(formatCount(subscribers, language)), isEstimated)
      : undefined;
}
