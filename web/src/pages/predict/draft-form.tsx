import { useId } from "preact/hooks";
import { Card } from "../../components/card";
import { TextField } from "../../components/text-field";
import { useTranslations } from "../../i18n";
import type { Field } from "./draft";
import { ThumbnailUpload } from "./thumbnail-upload";
import type { DraftState } from "./use-draft";

type Props = {
  state: DraftState;
  /** The number that is marked as an estimate while it is in the field. */
  estimatedSubscribers?: string;
};

export function DraftForm({ state, estimatedSubscribers }: Props) {
  const { channel, predict: t, states } = useTranslations();
  const { letter, draft, invalidFields, update, isSubmitting, error } = state;
  const id = useId();
  const fieldError = (field: Field) =>
    invalidFields.includes(field) ? t.invalid[field] : undefined;
  const requestError = invalidFields.length === 0 ? error : undefined;
  return (
    <Card title={t.draft(letter)} class={`draft draft-${letter.toLowerCase()}`}>
      <form
        aria-label={t.draft(letter)}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          state.submit();
        }}
      >
        <ThumbnailUpload
          letter={letter}
          url={draft.thumbnail}
          error={fieldError("thumbnail")}
          onChange={(thumbnail) => update({ thumbnail })}
        />
        <TextField
          label={t.videoTitle}
          value={draft.title}
          error={fieldError("title")}
          placeholder={t.titlePlaceholder}
          maxLength={500}
          onChange={(title) => update({ title })}
        />
        <div class="draft-row">
          <TextField
            label={
              draft.subscribers && draft.subscribers === estimatedSubscribers
                ? channel.estimated(t.subscribers)
                : t.subscribers
            }
            value={draft.subscribers}
            error={fieldError("subscribers")}
            inputMode="numeric"
            maxLength={9}
            onChange={(text) => update({ subscribers: text.replace(/\D/g, "") })}
          />
          <TextField
            label={t.date}
            type="date"
            value={draft.date}
            error={fieldError("date")}
            onChange={(date) => update({ date })}
          />
        </div>
        <button class="button" type="submit" disabled={isSubmitting} aria-describedby={id}>
          {isSubmitting ? t.loading : state.prediction ? t.submitAgain : t.submit}
        </button>
        <p id={id} class="draft-note" role="status">
          {requestError &&
            (requestError.status === 504
              ? t.timeout
              : states[requestError.status === 0 ? "offline" : "unavailable"])}
          {!requestError && state.isOutdated && !isSubmitting && t.outdated}
        </p>
      </form>
    </Card>
  );
}
