import { addDays, today } from "../../format/dates";
import { safeSessionStorage } from "../../storage";

/** The two planned videos that are compared. */
export const LETTERS = ["A", "B"] as const;
export type Letter = (typeof LETTERS)[number];

export type Draft = {
  /** A data URL, or empty. */
  thumbnail: string;
  title: string;
  subscribers: string;
  date: string;
  /** The number of a category, or empty. */
  category: string;
  /** The number of videos of the channel, or empty. */
  uploads: string;
  format: "" | "short" | "long";
};

/** The fields that can be invalid. */
export type Field = Exclude<keyof Draft, "category" | "format">;

function emptyDraft(): Draft {
  return {
    thumbnail: "",
    title: "",
    subscribers: "",
    date: addDays(today(), 1),
    category: "",
    uploads: "",
    format: "",
  };
}

/** The last day of a prediction. */
const MAX_DAYS_AHEAD = 31;

/** The fields that are missing or invalid. */
export function validateDraft(draft: Draft): Field[] {
  const invalid: Field[] = [];
  if (!draft.title.trim()) invalid.push("title");
  if (!/^\d{1,9}$/.test(draft.subscribers)) invalid.push("subscribers");
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(draft.date);
  if (!isDay || draft.date > addDays(today(), MAX_DAYS_AHEAD)) invalid.push("date");
  return invalid;
}

export function loadDraft(letter: Letter): Draft {
  try {
    const stored: unknown = JSON.parse(safeSessionStorage.read(`draft.${letter}`) ?? "{}");
    return { ...emptyDraft(), ...(stored as Partial<Draft>) };
  } catch {
    return emptyDraft();
  }
}

export function saveDraft(letter: Letter, draft: Draft): void {
  safeSessionStorage.write(`draft.${letter}`, JSON.stringify(draft));
}
