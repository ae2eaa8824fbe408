import { addDays, today } from "../../format/dates";
import { MAX_SUBSCRIBERS, parseCount } from "../../format/numbers";
import { isBlank } from "../../format/text";
import { safeSessionStorage } from "../../storage";

/** The two planned videos that are compared. */
export const DRAFT_IDS = ["A", "B"] as const;
export type DraftId = (typeof DRAFT_IDS)[number];

export type Draft = {
  /** A data URL, or empty. */
  thumbnail: string;
  title: string;
  /** As typed; see `parseCount`. */
  subscribers: string;
  date: string;
  /** The hour of the upload in Seoul, from 0 to 23, or empty. */
  hour: string;
  /** The number of a category, or empty. */
  category: string;
  /** The number of videos of the channel as typed, or empty. */
  uploads: string;
  format: "" | "short" | "long";
};

/** The fields that can be invalid. */
export type Field = Exclude<keyof Draft, "hour" | "category" | "format">;

function emptyDraft(): Draft {
  return {
    thumbnail: "",
    title: "",
    subscribers: "",
    date: addDays(today(), 1),
    hour: "",
    category: "",
    uploads: "",
    format: "",
  };
}

const MAX_UPLOADS = 9_999_999;

/** The last day of a prediction. */
const MAX_DAYS_AHEAD = 31;
const MAX_DAYS_AGO = 365;

/** The upload dates for which the API predicts. */
export function dateRange(): { min: string; max: string } {
  return { min: addDays(today(), -MAX_DAYS_AGO), max: addDays(today(), MAX_DAYS_AHEAD) };
}

/** The fields that are missing or invalid. */
export function validateDraft(draft: Draft): Field[] {
  const invalid: Field[] = [];
  if (isBlank(draft.title)) invalid.push("title");
  if (!isCount(draft.subscribers, MAX_SUBSCRIBERS)) invalid.push("subscribers");
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(draft.date);
  const { min, max } = dateRange();
  const isInRange = draft.date >= min && draft.date <= max;
  if (!isDay || !isInRange) invalid.push("date");
  if (draft.uploads && !isCount(draft.uploads, MAX_UPLOADS)) invalid.push("uploads");
  return invalid;
}

function isCount(text: string, max: number): boolean {
  const count = parseCount(text);
  return count !== undefined && count <= max;
}

/** The fields that are in the URL; a thumbnail is too large. */
const URL_FIELDS = [
  "title",
  "subscribers",
  "date",
  "hour",
  "category",
  "uploads",
  "format",
] as const;

/** The draft of the session, with the values of the URL. */
export function loadDraft(id: DraftId, params: URLSearchParams): Draft {
  return { ...emptyDraft(), ...storedDraft(id), ...draftInUrl(id, params) };
}

function storedDraft(id: DraftId): Partial<Draft> {
  try {
    const stored: unknown = JSON.parse(safeSessionStorage.read(`draft.${id}`) ?? "{}");
    return stored as Partial<Draft>;
  } catch {
    return {};
  }
}

/** The parameters that apply to both drafts, unless a draft has its own. */
const SHARED_FIELDS: readonly string[] = ["subscribers", "category", "date", "hour"];

function draftInUrl(id: DraftId, params: URLSearchParams): Partial<Draft> {
  const draft: Partial<Record<keyof Draft, string>> = {};
  for (const field of URL_FIELDS) {
    const shared = SHARED_FIELDS.includes(field) ? params.get(field) : null;
    const value = params.get(urlName(id, field)) ?? shared;
    if (value && (field !== "hour" || isHour(value))) draft[field] = value;
  }
  return draft as Partial<Draft>;
}

function isHour(text: string): boolean {
  return /^(1?\d|2[0-3])$/.test(text);
}

/** Changes of URL parameters that keep a draft. */
export function draftParams(id: DraftId, draft: Draft): Record<string, string | undefined> {
  const entries = URL_FIELDS.map((field) => [urlName(id, field), draft[field] || undefined]);
  return Object.fromEntries(entries) as Record<string, string | undefined>;
}

function urlName(id: DraftId, field: keyof Draft): string {
  return `${id.toLowerCase()}_${field}`;
}

export function saveDraft(id: DraftId, draft: Draft): void {
  safeSessionStorage.write(`draft.${id}`, JSON.stringify(draft));
}
