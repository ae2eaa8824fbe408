import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { toApiError, type ApiError } from "../../api/client";
import { navigate, useLocation } from "../../router/location";
import { urls, withParams } from "../../router/urls";
import type { OwnProfile } from "../../session/own-channel";
import { hasSubscribersOf, missingValues } from "./channel-values";
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
  differs,
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
export function useDraft(letter: Letter, own: OwnProfile): DraftState {
  const { draft, invalidFields, setInvalidFields, update } = useFields(letter);
  const { predict, ...prediction } = usePrediction(letter);
  const submit = (complete: Draft) => {
    const invalid = validateDraft(complete);
    setInvalidFields(invalid);
    if (invalid.length > 0 || prediction.isSubmitting) return;
    // So that the address can be shared. Both drafts may be submitted at once.
    const params = new URLSearchParams(location.search);
    navigate(withParams(urls.predict(), params, draftParams(letter, complete)), { replace: true });
    const { profile } = own;
    const channelIdx = profile && hasSubscribersOf(complete, profile) ? profile.idx : undefined;
    void predict(complete, channelIdx).then((rejected) => {
      if (rejected.length > 0) setInvalidFields(rejected);
    });
  };
  const isOutdated = prediction.predicted !== undefined && differs(prediction.predicted, draft);
  const isPredicted = prediction.predicted !== undefined && !isOutdated;
  useInitialValues({ letter, draft, own, isPredicted, update, submit });
  return {
    letter,
    draft,
    ...prediction,
    isOutdated,
    invalidFields,
    update,
    submit: () => submit(draft),
  };
}

/** The fields of a draft, which start with those of the URL and of the session storage. */
function useFields(letter: Letter) {
  const { params } = useLocation();
  const [draft, setDraft] = useState(() => loadDraft(letter, params));
  const [invalidFields, setInvalidFields] = useState<Field[]>([]);
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
  return { draft, invalidFields, setInvalidFields, update };
}

/** The last prediction of a draft; `predict` resolves to the fields that the API rejects. */
function usePrediction(letter: Letter) {
  const [predicted, setPredicted] = useState(() => loadPrediction(letter));
  const [error, setError] = useState<ApiError>();
  const [isSubmitting, setSubmitting] = useState(false);
  const controller = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => controller.current?.abort(), []);
  const predict = async (draft: Draft, channelIdx: number | undefined): Promise<Field[]> => {
    const { signal } = (controller.current = new AbortController());
    setSubmitting(true);
    setError(undefined);
    try {
      const result = await requestPrediction(draft, channelIdx, signal);
      savePrediction(letter, result);
      setPredicted(result);
      document.getElementById(RESULT_ID)?.scrollIntoView({ block: "nearest" });
      return [];
    } catch (thrown) {
      if (signal.aborted) return [];
      const failure = toApiError(thrown);
      setError(failure);
      return rejectedFields(failure);
    } finally {
      setSubmitting(false);
    }
  };
  return { predicted, error, isSubmitting, predict };
}

type InitialProps = Pick<DraftState, "letter" | "draft" | "update"> & {
  own: OwnProfile;
  isPredicted: boolean;
  submit: (draft: Draft) => void;
};

/**
 * Fills in the empty fields of a draft from the own channel, and predicts a draft of the URL if it
 * is complete: that of a shared address or of a plan.
 */
function useInitialValues({ letter, draft, own, isPredicted, update, submit }: InitialProps) {
  const { params } = useLocation();
  // Once: the fields can be changed and cleared.
  const isFilledIn = useRef(false);
  const isLoaded = useRef(false);
  useEffect(() => {
    if (own.isLoading) return;
    let complete = draft;
    if (own.profile && !isFilledIn.current) {
      isFilledIn.current = true;
      const missing = missingValues(draft, own.profile);
      complete = { ...draft, ...missing };
      update(missing);
    }
    if (isLoaded.current) return;
    isLoaded.current = true;
    const isInUrl = params.has(`${letter.toLowerCase()}_title`);
    if (isInUrl && !isPredicted && validateDraft(complete).length === 0) submit(complete);
  });
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
