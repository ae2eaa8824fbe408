import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { toApiError, type ApiError } from "../../api/client";
import { navigate, useLocation } from "../../router/location";
import { withParams } from "../../router/urls";
import { hasSubscribersOf, type Profile } from "./channel-values";
import {
  draftParams,
  loadDraft,
  saveDraft,
  validateDraft,
  type Draft,
  type Field,
  type Letter,
} from "./draft";
import {
  isOutdated,
  loadPrediction,
  requestPrediction,
  savePrediction,
  type DraftPrediction,
} from "./prediction";

export type DraftState = {
  letter: Letter;
  draft: Draft;
  predicted: DraftPrediction | undefined;
  /** Whether the draft has changed since the prediction. */
  isOutdated: boolean;
  isSubmitting: boolean;
  error: ApiError | undefined;
  invalidFields: Field[];
  update: (changes: Partial<Draft>) => void;
  submit: () => void;
};

/** The id of the result, which is below the fold on small screens. */
export const RESULT_ID = "result";

/**
 * The state of a draft's form and its prediction, both saved in the session storage. Drafts with the
 * subscribers of the own channel are predicted with its earlier videos.
 */
export function useDraft(letter: Letter, own?: Profile): DraftState {
  const { path, params } = useLocation();
  const [draft, setDraft] = useState(() => loadDraft(letter, params));
  const [predicted, setPredicted] = useState(() => loadPrediction(letter));
  const [invalidFields, setInvalidFields] = useState<Field[]>([]);
  const [error, setError] = useState<ApiError>();
  const [isSubmitting, setSubmitting] = useState(false);
  const controller = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  const update = useCallback(
    (changes: Partial<Draft>) => {
      setDraft((previous) => {
        const next = { ...previous, ...changes };
        saveDraft(letter, next);
        return next;
      });
      setInvalidFields((fields) => fields.filter((field) => !(field in changes)));
    },
    [letter],
  );

  const submit = () => {
    const invalid = validateDraft(draft);
    setInvalidFields(invalid);
    if (invalid.length > 0 || isSubmitting) return;
    // So that the address can be shared.
    navigate(withParams(path, params, draftParams(letter, draft)), { replace: true });
    const { signal } = (controller.current = new AbortController());
    setSubmitting(true);
    setError(undefined);
    const channelIdx = own && hasSubscribersOf(draft, own) ? own.idx : undefined;
    requestPrediction(draft, channelIdx, signal)
      .then((result) => {
        savePrediction(letter, result);
        setPredicted(result);
        document.getElementById(RESULT_ID)?.scrollIntoView({ block: "nearest" });
      })
      .catch((thrown: unknown) => {
        if (signal.aborted) return;
        const failure = toApiError(thrown);
        setError(failure);
        setInvalidFields(rejectedFields(failure));
      })
      .finally(() => setSubmitting(false));
  };

  const isLoaded = useRef(false);
  useEffect(() => {
    if (isLoaded.current) return;
    isLoaded.current = true;
    // A shared address has a complete draft.
    const isShared = params.has(`${letter.toLowerCase()}_title`) && !predicted;
    if (isShared && validateDraft(draft).length === 0) submit();
  });

  return {
    letter,
    draft,
    predicted,
    isOutdated: predicted !== undefined && isOutdated(predicted, draft),
    isSubmitting,
    error,
    invalidFields,
    update,
    submit,
  };
}

/** Fields of the form by request field of the API. */
const FIELDS: Record<string, Field> = {
  thumbnail_url: "thumbnail",
  video_name: "title",
  channel_subscriber: "subscribers",
  upload_date: "date",
  uploads: "uploads",
};

function rejectedFields(error: ApiError): Field[] {
  return Object.keys(error.fields).flatMap((name) => FIELDS[name] ?? []);
}
