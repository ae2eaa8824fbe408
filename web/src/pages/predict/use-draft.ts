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
  type DraftId,
} from "./draft";
import {
  isOutdated,
  loadPrediction,
  requestPrediction,
  savePrediction,
  type DraftPrediction,
} from "./prediction";

export type DraftState = {
  id: DraftId;
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
export function useDraft(id: DraftId, ownProfile: OwnProfile): DraftState {
  const { draft, invalidFields, setInvalidFields, update } = useFields(id);
  const { predict, ...prediction } = usePrediction(id);
  const submit = (complete: Draft) => {
    const invalid = validateDraft(complete);
    setInvalidFields(invalid);
    if (invalid.length > 0 || prediction.isSubmitting) return;
    // So that the URL can be shared. Both drafts may be submitted at once.
    const params = new URLSearchParams(location.search);
    navigate(withParams(urls.predict(), params, draftParams(id, complete)), { replace: true });
    const { profile } = ownProfile;
    const channelIdx = profile && hasSubscribersOf(complete, profile) ? profile.idx : undefined;
    void predict(complete, channelIdx).then((rejected) => {
      if (rejected.length > 0) setInvalidFields(rejected);
    });
  };
  const { predicted } = prediction;
  const isPredicted = predicted !== undefined && !isOutdated(predicted, draft);
  useInitialValues({ id, draft, ownProfile, isPredicted, update, submit });
  return {
    id,
    draft,
    ...prediction,
    isOutdated: predicted !== undefined && !isPredicted,
    invalidFields,
    update,
    submit: () => submit(draft),
  };
}

/** The fields of a draft, which start with those of the URL and of the session storage. */
function useFields(id: DraftId) {
  const { params } = useLocation();
  const [draft, setDraft] = useState(() => loadDraft(id, params));
  const [invalidFields, setInvalidFields] = useState<Field[]>([]);
  const update = useCallback(
    (changes: Partial<Draft>) => {
      setDraft((previous) => {
        const next = { ...previous, ...changes };
        saveDraft(id, next);
        return next;
      });
      setInvalidFields((fields) => fields.filter((field) => !(field in changes)));
    },
    [id],
  );
  return { draft, invalidFields, setInvalidFields, update };
}

/** The last prediction of a draft; `predict` resolves to the fields that the API rejects. */
function usePrediction(id: DraftId) {
  const [predicted, setPredicted] = useState(() => loadPrediction(id));
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
      savePrediction(id, result);
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

type InitialProps = Pick<DraftState, "id" | "draft" | "update"> & {
  ownProfile: OwnProfile;
  isPredicted: boolean;
  submit: (draft: Draft) => void;
};

/**
 * Fills in the empty fields of a draft from the own channel, and predicts a draft of the URL if it
 * is complete: that of a shared URL or of a plan.
 */
function useInitialValues({ id, draft, ownProfile, isPredicted, update, submit }: InitialProps) {
  const { params } = useLocation();
  // Once: the fields can be changed and cleared.
  const isFilledIn = useRef(false);
  const isLoaded = useRef(false);
  useEffect(() => {
    if (ownProfile.isLoading) return;
    let complete = draft;
    if (ownProfile.profile && !isFilledIn.current) {
      isFilledIn.current = true;
      const missing = missingValues(draft, ownProfile.profile);
      complete = { ...draft, ...missing };
      update(missing);
    }
    if (isLoaded.current) return;
    isLoaded.current = true;
    const isInUrl = params.has(`${id.toLowerCase()}_title`);
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
