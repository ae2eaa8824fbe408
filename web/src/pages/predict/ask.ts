import type { components } from "../../api/schema";
import { send } from "../../api/send";
import { keptInTab } from "../../remember";
import type { Draft, Letter } from "./draft";

export type Prediction = components["schemas"]["PredictResponse"];

/** A prediction, and of which draft it is. */
export type Predicted = { of: Draft; prediction: Prediction };

/** Asks the AI server; it may take a while. */
export async function ask(draft: Draft, signal: AbortSignal): Promise<Predicted> {
  const request: components["schemas"]["PredictRequest"] = {
    thumbnail_url: draft.thumbnail,
    video_name: draft.title.trim(),
    channel_subscriber: draft.subscribers,
    upload_date: draft.date,
  };
  const { value } = await send<Prediction>("/api/views_predict/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
    signal,
  });
  return { of: draft, prediction: value };
}

/** Whether a prediction is of the draft as it is now. */
export function isOf(predicted: Predicted, draft: Draft): boolean {
  const { of } = predicted;
  return (
    of.title === draft.title &&
    of.subscribers === draft.subscribers &&
    of.date === draft.date &&
    of.thumbnail === draft.thumbnail
  );
}

export function keptPrediction(letter: Letter): Predicted | undefined {
  try {
    const kept: unknown = JSON.parse(keptInTab.read(`prediction.${letter}`) ?? "null");
    return (kept as Predicted | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepPrediction(letter: Letter, predicted: Predicted): void {
  keptInTab.write(`prediction.${letter}`, JSON.stringify(predicted));
}
