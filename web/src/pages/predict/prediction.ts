import { fetchJson } from "../../api/client";
import type { components } from "../../api/schema";
import { daysBetween } from "../../format/dates";
import { parseCount } from "../../format/numbers";
import { safeSessionStorage } from "../../storage";
import type { Draft, DraftId } from "./draft";

export type Prediction = components["schemas"]["PredictResponse"];

/** A prediction with the draft that was sent. */
export type DraftPrediction = { draft: Draft; prediction: Prediction };

/**
 * A gray image for drafts without a thumbnail: the API requires one for other AI servers, and that of
 * CreateTrend does not use it.
 */
const NO_THUMBNAIL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAJCAAAAAAeQfPuAAAAD0lEQVR42mNoQAMMg0QAAIXUSAG1CN3UAAAAAElFTkSuQmCC";

/** `channelIdx` is the channel whose earlier videos are used. */
export async function requestPrediction(
  draft: Draft,
  channelIdx: number | undefined,
  signal: AbortSignal,
): Promise<DraftPrediction> {
  const request: components["schemas"]["PredictRequest"] = {
    thumbnail_url: draft.thumbnail || NO_THUMBNAIL,
    video_name: draft.title.trim(),
    channel_subscriber: String(parseCount(draft.subscribers)),
    upload_date: draft.hour ? `${draft.date}T${draft.hour.padStart(2, "0")}:00` : draft.date,
    ...(draft.category && { category: Number(draft.category) }),
    ...(draft.uploads && { uploads: parseCount(draft.uploads) }),
    ...(draft.format && { is_short: draft.format === "short" }),
    ...(channelIdx !== undefined && { channel_idx: channelIdx }),
  };
  const { data } = await fetchJson<Prediction>("/api/views_predict/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
    signal,
  });
  return { draft, prediction: data };
}

/** Predictions end on one day, so that a later upload is younger then: its age on that day. */
export function lastAge({ draft, prediction }: DraftPrediction): number {
  const last = prediction.lines.data.at(-1);
  return last ? Math.max(daysBetween(draft.date, last.date), 0) : 0;
}

/**
 * The views so many days after the upload day, at least 1; undefined before the first day of the
 * prediction.
 */
export function viewsAtAge(
  { prediction, ...rest }: DraftPrediction,
  age: number,
): number | undefined {
  const { data } = prediction.lines;
  const position = data.length - 1 - (lastAge({ prediction, ...rest }) - age);
  const point = data[position];
  return point && Math.max(point.value, 1);
}

/** Whether the draft has changed since the prediction. */
export function isOutdated({ draft: sent }: DraftPrediction, draft: Draft): boolean {
  return (Object.keys(draft) as (keyof Draft)[]).some((field) => sent[field] !== draft[field]);
}

/**
 * Restores the prediction together with the draft after a reload: form state rather than a cache,
 * which the browser does not offer for POST.
 */
export function loadPrediction(id: DraftId): DraftPrediction | undefined {
  try {
    const stored: unknown = JSON.parse(safeSessionStorage.read(`draft-prediction.${id}`) ?? "null");
    return (stored as DraftPrediction | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function savePrediction(id: DraftId, prediction: DraftPrediction): void {
  safeSessionStorage.write(`draft-prediction.${id}`, JSON.stringify(prediction));
}
