import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../../i18n/words";
import { Page } from "../../parts/page";
import { DraftForm } from "./draft-form";
import { Ideas } from "./ideas";
import { Result } from "./result";
import { RESULT, useDraft } from "./use-draft";
import { useOwnSubscribers } from "./use-own-subscribers";

/** Ideas, two drafts side by side, and how often they would be seen. */
export function PredictPage() {
  const { predict } = useWords();
  const a = useDraft("A");
  const b = useDraft("B");
  const drafts = [a, b];
  const own = useOwnSubscribers();
  const isFilled = useRef(false);
  useEffect(() => {
    // Once, and never over what somebody has typed.
    if (own === undefined || isFilled.current) return;
    isFilled.current = true;
    for (const { draft, change } of [a, b]) {
      if (!draft.subscribers) change({ subscribers: String(own) });
    }
  }, [own, a, b]);
  return (
    <Page title={predict.title} name={predict.title} about={predict.about}>
      <div class="predict">
        <Ideas use={(letter, title) => (letter === "A" ? a : b).change({ title })} />
        <div class="drafts">
          {drafts.map((state) => (
            <DraftForm key={state.letter} state={state} />
          ))}
        </div>
        <div id={RESULT}>
          <Result drafts={drafts} />
        </div>
      </div>
    </Page>
  );
}
