import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/error";
import { ask, isOf, keepPrediction, keptPrediction, type Predicted } from "./ask";
import { keepDraft, keptDraft, problemsOf, type Draft, type Field, type Letter } from "./draft";

/** A draft, its prediction, and what is going on with it. */
export type DraftState = {
  letter: Letter;
  draft: Draft;
  predicted: Predicted | undefined;
  /** The draft is another than the one that was predicted. */
  isChanged: boolean;
  isWorking: boolean;
  error: ApiError | undefined;
  problems: Field[];
  change: (change: Partial<Draft>) => void;
  predict: () => void;
};

/** Where the curves are drawn: on a phone, far below the form. */
export const RESULT = "result";

export function useDraft(letter: Letter): DraftState {
  const [draft, setDraft] = useState(() => keptDraft(letter));
  const [predicted, setPredicted] = useState(() => keptPrediction(letter));
  const [problems, setProblems] = useState<Field[]>([]);
  const [error, setError] = useState<ApiError>();
  const [isWorking, setWorking] = useState(false);
  const leaving = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);

  const change = useCallback(
    (changed: Partial<Draft>) => {
      setDraft((before) => {
        const after = { ...before, ...changed };
        keepDraft(letter, after);
        return after;
      });
      setProblems((before) => before.filter((field) => !(field in changed)));
    },
    [letter],
  );

  const predict = () => {
    const found = problemsOf(draft);
    setProblems(found);
    if (found.length > 0 || isWorking) return;
    const { signal } = (leaving.current = new AbortController());
    setWorking(true);
    setError(undefined);
    ask(draft, signal)
      .then((answer) => {
        keepPrediction(letter, answer);
        setPredicted(answer);
        document.getElementById(RESULT)?.scrollIntoView({ block: "nearest" });
      })
      .catch((thrown: unknown) => {
        if (signal.aborted) return;
        const failure = thrown instanceof ApiError ? thrown : new ApiError(0, null, null);
        setError(failure);
        setProblems(refusedFields(failure));
      })
      .finally(() => setWorking(false));
  };

  const isChanged = predicted !== undefined && !isOf(predicted, draft);
  return { letter, draft, predicted, isChanged, isWorking, error, problems, change, predict };
}

const FIELDS: Record<string, Field> = {
  thumbnail_url: "thumbnail",
  video_name: "title",
  channel_subscriber: "subscribers",
  upload_date: "date",
};

function refusedFields(error: ApiError): Field[] {
  return Object.keys(error.fields).flatMap((name) => FIELDS[name] ?? []);
}
