import { useEffect, useRef } from "preact/hooks";
import { Page } from "../../components/page";
import { useTranslations } from "../../i18n";
import { useOwnChannel } from "../../session/own-channel";
import { DraftForm } from "./draft-form";
import { IdeaSearch } from "./idea-search";
import { PredictionResult } from "./prediction-result";
import { RESULT_ID, useDraft } from "./use-draft";

/** Ideas, two drafts side by side and their predicted views. */
export function PredictPage() {
  const { predict: t } = useTranslations();
  const own = useOwnChannel();
  const subscribers = own && Number(own.subscriber);
  const channel = own && { idx: own.idx, subscribers: String(subscribers) };
  const a = useDraft("A", channel);
  const b = useDraft("B", channel);
  const drafts = [a, b];
  const isPrefilled = useRef(false);
  useEffect(() => {
    // Once, and only where the field is empty.
    if (subscribers === undefined || isPrefilled.current) return;
    isPrefilled.current = true;
    for (const { draft, update } of [a, b]) {
      if (!draft.subscribers) update({ subscribers: String(subscribers) });
    }
  }, [subscribers, a, b]);
  return (
    <Page title={t.title} heading={t.title} description={t.description}>
      <div class="predict">
        <IdeaSearch onUseTitle={(letter, title) => (letter === "A" ? a : b).update({ title })} />
        <div class="drafts">
          {drafts.map((state) => (
            <DraftForm
              key={state.letter}
              state={state}
              ownSubscribers={channel?.subscribers}
              estimatedSubscribers={own?.subscriber_estimated ? own.subscriber : undefined}
            />
          ))}
        </div>
        <div id={RESULT_ID}>
          <PredictionResult drafts={drafts} />
        </div>
      </div>
    </Page>
  );
}
