import { fetchJson } from "../../api/client";
import type { components } from "../../api/schema";
import { safeSessionStorage } from "../../storage";
import type { Draft, Letter } from "./draft";

export type Prediction = components["schemas"]["PredictResponse"];

/** A prediction with the draft that was sent. */
export type DraftPrediction = { draft: Draft; prediction: Prediction };

export async function requestPrediction(
  draft: Draft,
  signal: AbortSignal,
): Promise<DraftPrediction> {
  const request: components["schemas"]["PredictRequest"] = {
    thumbnail_url: draft.thumbnail,
    video_name: draft.title.trim(),
    channel_subscriber: draft.subscribers,
    upload_date: draft.date,
  };
  const { data } = await fetchJson<Prediction>("/api/views_predict/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
    signal,
  });
  return { draft, prediction: data };
}

/** Whether the draft has changed since the prediction. */
export function isOutdated({ draft: sent }: DraftPrediction, draft: Draft): boolean {
  return (
    sent.title !== draft.title ||
    sent.subscribers !== draft.subscribers ||
    sent.date !== draft.date ||
    sent.thumbnail !== draft.thumbnail
  );
}

/**
 * Restores the prediction together with the draft after a reload: form state rather than a cache,
 * which the browser does not offer for POST.
 */
export function loadPrediction(letter: Letter): DraftPrediction | undefined {
  try {
    const stored: unknown = JSON.parse(
      safeSessionStorage.read(`draft-prediction.${letter}`) ?? "null",
    );
    return (stored as DraftPrediction | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function savePrediction(letter: Letter, prediction: DraftPrediction): void {
  safeSessionStorage.write(`draft-prediction.${letter}`, JSON.stringify(prediction));
}
