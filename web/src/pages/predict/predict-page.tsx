import { Page } from "../../components/page";
import { useOwnProfile } from "../../session/own-channel";
import { DraftForm } from "./draft-form";
import { usePredictTexts } from "./predict-texts";
import { RecommendationSearch } from "./recommendation-search";
import { PredictionResult } from "./prediction-result";
import { RESULT_ID, useDraft } from "./use-draft";

/** Recommended videos, two drafts side by side and their predicted views. */
export function PredictPage() {
  const t = usePredictTexts();
  const ownProfile = useOwnProfile();
  const a = useDraft("A", ownProfile);
  const b = useDraft("B", ownProfile);
  const drafts = [a, b];
  return (
    <Page title={t.title} heading={t.title} description={t.description}>
      <div class="predict">
        <RecommendationSearch onUseTitle={(id, title) => (id === "A" ? a : b).update({ title })} />
        <div class="drafts">
          {drafts.map((state) => (
            <DraftForm key={state.id} state={state} profile={ownProfile.profile} />
          ))}
        </div>
        <div id={RESULT_ID}>
          <PredictionResult drafts={drafts} />
        </div>
      </div>
    </Page>
  );
}
