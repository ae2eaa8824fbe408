import { useId } from "preact/hooks";
import { Card } from "../../components/card";
import { DateField } from "../../components/date-field";
import { useEstimateMark } from "../../components/estimates";
import { TextField } from "../../components/text-field";
import { categoryOptions } from "../../format/categories";
import { useTranslations } from "../../i18n";
import { useLocation } from "../../router/location";
import { fieldsOfChannel, hasSubscribersOf, type Profile } from "./channel-values";
import { dateRange, type Draft, type Field } from "./draft";
import { SelectField } from "../../components/select-field";
import { usePredictTexts } from "./predict-texts";
import { ThumbnailUpload } from "./thumbnail-upload";
import type { DraftState } from "./use-draft";

type Props = {
  state: DraftState;
  /** The account's channel. */
  profile?: Profile | undefined;
};

export function DraftForm({ state, profile }: Props) {
  const t = usePredictTexts();
  const { id, draft, isSubmitting } = state;
  const statusId = useId();
  return (
    <Card title={t.draft(id)} class={`draft draft-${id.toLowerCase()}`}>
      <form
        aria-label={t.draft(id)}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          state.submit();
          // After the fields are marked.
          requestAnimationFrame(() =>
            form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
          );
        }}
      >
        <RequiredFields state={state} profile={profile} />
        <OptionalFields state={state} />
        {profile && <ChannelNote draft={draft} profile={profile} />}
        <button class="button" type="submit" disabled={isSubmitting} aria-describedby={statusId}>
          {isSubmitting ? t.loading : state.predicted ? t.submitAgain : t.submit}
        </button>
        <DraftStatus id={statusId} state={state} />
      </form>
    </Card>
  );
}

function useFieldError({ invalidFields }: DraftState): (field: Field) => string | undefined {
  const t = usePredictTexts();
  return (field) => (invalidFields.includes(field) ? t.invalid[field] : undefined);
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

/** The thumbnail, and the fields without which there is no prediction, with the hour. */
function RequiredFields({ state, profile }: Props) {
  const t = usePredictTexts();
  const { bestTimes } = useTranslations();
  const markEstimate = useEstimateMark();
  const { id, draft, update } = state;
  const fieldError = useFieldError(state);
  const { params } = useLocation();
  const isOwn = profile !== undefined && hasSubscribersOf(draft, profile);
  // The values that the URL of a plan fills in.
  const isKeyword = id === "A" && draft.title !== "" && draft.title === params.get("q");
  const isBestTime = draft.date === params.get("date") && draft.hour === params.get("hour");
  return (
    <>
      <ThumbnailUpload
        draftId={id}
        url={draft.thumbnail}
        error={fieldError("thumbnail")}
        onChange={(thumbnail) => update({ thumbnail })}
      />
      <TextField
        label={t.videoTitle}
        value={draft.title}
        error={fieldError("title")}
        hint={isKeyword ? t.titleIsKeyword : undefined}
        placeholder={t.titlePlaceholder}
        maxLength={500}
        onChange={(title) => update({ title })}
      />
      <div class="draft-row">
        <TextField
          label={markEstimate(t.subscribers, isOwn && profile.subscriber_estimated)}
          value={draft.subscribers}
          error={fieldError("subscribers")}
          hint={isOwn ? t.ownChannel : undefined}
          maxLength={20}
          onChange={(subscribers) => update({ subscribers })}
        />
        <DateField
          label={t.date}
          value={draft.date}
          {...dateRange()}
          error={fieldError("date")}
          hint={isBestTime ? t.timeIsBest : undefined}
          onChange={(date) => update({ date })}
        />
        <SelectField
          label={t.hour}
          value={draft.hour}
          options={[
            ["", t.unknown],
            ...HOURS.map((hour) => [hour, bestTimes.hour(Number(hour))] as const),
          ]}
          onChange={(hour) => update({ hour })}
        />
      </div>
    </>
  );
}

function OptionalFields({ state }: { state: DraftState }) {
  const t = usePredictTexts();
  const { categories } = useTranslations();
  const { draft, update } = state;
  const fieldError = useFieldError(state);
  return (
    <div class="draft-row">
      <SelectField
        label={t.category}
        value={draft.category}
        options={[["", t.unknown], ...categoryOptions(categories, draft.category)]}
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
  );
}

/** Why the request failed, or that the prediction is of an earlier draft. */
function DraftStatus({ id, state }: { id: string; state: DraftState }) {
  const t = usePredictTexts();
  const { states } = useTranslations();
  const error = state.invalidFields.length === 0 ? state.error : undefined;
  return (
    <p id={id} class="draft-note" role="status">
      {error &&
        (error.status === 504 ? t.timeout : states[error.status === 0 ? "offline" : "unavailable"])}
      {!error && state.isOutdated && !state.isSubmitting && t.outdated}
    </p>
  );
}

/** Where the values of the fields come from. */
function ChannelNote({ draft, profile }: { draft: Draft; profile: Profile }) {
  const t = usePredictTexts();
  const fields = fieldsOfChannel(draft, profile);
  if (fields.length === 0) return null;
  const isCounted = fields.some((field) => field === "category" || field === "format");
  return (
    <p class="field-hint" data-testid="channel-values">
      {t.fromChannel(
        profile.channel_name ?? "",
        fields.map((field) => t.channelFields[field]).join(", "),
      )}{" "}
      {isCounted && t.mostFrequent(profile.recent_videos)}{" "}
      {profile.hidden_subscribers && fields.includes("subscribers") && t.hiddenSubscribers}
    </p>
  );
}
