import { useId } from "preact/hooks";
import { Card } from "../../components/card";
import { DateField } from "../../components/date-field";
import { TextField } from "../../components/text-field";
import { categoryOptions } from "../../format/categories";
import { useTranslations } from "../../i18n";
import { fieldsOfChannel, hasSubscribersOf, type Profile } from "./channel-values";
import { dateRange, type Draft, type Field } from "./draft";
import { SelectField } from "../../components/select-field";
import { ThumbnailUpload } from "./thumbnail-upload";
import type { DraftState } from "./use-draft";

type Props = {
  state: DraftState;
  /** The account's channel. */
  own?: Profile | undefined;
};

export function DraftForm({ state, own }: Props) {
  const { categories, channel, predict: t, states } = useTranslations();
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
              own?.subscriber_estimated && hasSubscribersOf(draft, own)
                ? channel.estimated(t.subscribers)
                : t.subscribers
            }
            value={draft.subscribers}
            error={fieldError("subscribers")}
            hint={own && hasSubscribersOf(draft, own) ? t.ownChannel : undefined}
            maxLength={20}
            onChange={(subscribers) => update({ subscribers })}
          />
          <DateField
            label={t.date}
            value={draft.date}
            {...dateRange()}
            error={fieldError("date")}
            onChange={(date) => update({ date })}
          />
        </div>
        <div class="draft-row">
          <SelectField
            label={t.category}
            value={draft.category}
            options={[["", t.unknown], ...categoryOptions(categories)]}
            onChange={(category) => update({ category })}
          />
          <SelectField
            label={t.format}
            value={draft.format}
            options={[
              ["", t.unknown],
              ["long", t.long],
              ["short", t.short],
            ]}
            onChange={(format) => update({ format: format as Draft["format"] })}
          />
          <TextField
            label={t.uploads}
            value={draft.uploads}
            error={fieldError("uploads")}
            maxLength={20}
            onChange={(uploads) => update({ uploads })}
          />
        </div>
        {own && <ChannelNote draft={draft} own={own} />}
        <button class="button" type="submit" disabled={isSubmitting} aria-describedby={id}>
          {isSubmitting ? t.loading : state.predicted ? t.submitAgain : t.submit}
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

/** Where the values of the fields come from. */
function ChannelNote({ draft, own }: { draft: Draft; own: Profile }) {
  const { predict: t } = useTranslations();
  const fields = fieldsOfChannel(draft, own);
  if (fields.length === 0) return null;
  const isCounted = fields.some((field) => field === "category" || field === "format");
  return (
    <p class="field-hint" data-testid="channel-values">
      {t.fromChannel(
        own.channel_name ?? "",
        fields.map((field) => t.channelFields[field]).join(", "),
      )}{" "}
      {isCounted && t.mostFrequent(own.recent_videos)}{" "}
      {own.hidden_subscribers && fields.includes("subscribers") && t.hiddenSubscribers}
    </p>
  );
}
