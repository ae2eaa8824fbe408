import { useId } from "preact/hooks";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { TextField } from "../../parts/text-field";
import type { Field } from "./draft";
import { Thumbnail } from "./thumbnail";
import type { DraftState } from "./use-draft";

/** The form of one draft. */
export function DraftForm({ state }: { state: DraftState }) {
  const { predict: words, states } = useWords();
  const { letter, draft, problems, change, isWorking, error } = state;
  const id = useId();
  const problem = (field: Field) => (problems.includes(field) ? words.missing[field] : undefined);
  const failure = error && problems.length === 0;
  return (
    <Card title={words.draft(letter)} class={`draft draft-${letter.toLowerCase()}`}>
      <form
        aria-label={words.draft(letter)}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          state.predict();
        }}
      >
        <Thumbnail
          letter={letter}
          url={draft.thumbnail}
          problem={problem("thumbnail")}
          choose={(thumbnail) => change({ thumbnail })}
        />
        <TextField
          label={words.videoTitle}
          value={draft.title}
          problem={problem("title")}
          placeholder={words.titlePlaceholder}
          maxLength={500}
          change={(title) => change({ title })}
        />
        <div class="draft-row">
          <TextField
            label={words.subscribers}
            value={draft.subscribers}
            problem={problem("subscribers")}
            inputMode="numeric"
            maxLength={9}
            change={(text) => change({ subscribers: text.replace(/\D/g, "") })}
          />
          <TextField
            label={words.date}
            type="date"
            value={draft.date}
            problem={problem("date")}
            change={(date) => change({ date })}
          />
        </div>
        <button class="button" type="submit" disabled={isWorking} aria-describedby={id}>
          {isWorking ? words.working : state.predicted ? words.again : words.submit}
        </button>
        <p id={id} class="draft-note" role="status">
          {failure &&
            (error.status === 504
              ? words.timeout
              : states[error.status === 0 ? "offline" : "down"])}
          {!failure && state.isChanged && !isWorking && words.changed}
        </p>
      </form>
    </Card>
  );
}
