import { Page } from "../../components/page";
import { useTranslations } from "../../i18n";
import { useOwnProfile } from "../../session/own-channel";
import { DraftForm } from "./draft-form";
import { RecommendationSearch } from "./recommendation-search";
import { PredictionResult } from "./prediction-result";
import { RESULT_ID, useDraft } from "./use-draft";

/** Recommended videos, two drafts side by side and their predicted views. */
export function PredictPage() {
  const { predict: t } = useTranslations();
  const own = useOwnProfile();
  const a = useDraft("A", own);
  const b = useDraft("B", own);
  const drafts = [a, b];
  return (
    <Page title={t.title} heading={t.title} description={t.description}>
      <div class="predict">
        <RecommendationSearch
          onUseTitle={(letter, title) => (letter === "A" ? a : b).update({ title })}
        />
        <div class="drafts">
          {drafts.map((state) => (
            <DraftForm key={state.letter} state={state} own={own.profile} />
          ))}
        </div>
        <div id={RESULT_ID}>
          <PredictionResult drafts={drafts} />
        </div>
      </div>
    </Page>
  );
}
