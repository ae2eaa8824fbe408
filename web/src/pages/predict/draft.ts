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
};

export type Field = keyof Draft;

function emptyDraft(): Draft {
  return { thumbnail: "", title: "", subscribers: "", date: addDays(today(), 1) };
}

/** The fields that are missing or invalid. */
export function validateDraft(draft: Draft): Field[] {
  const invalid: Field[] = [];
  if (!draft.thumbnail) invalid.push("thumbnail");
  if (!draft.title.trim()) invalid.push("title");
  if (!/^\d{1,9}$/.test(draft.subscribers)) invalid.push("subscribers");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.date)) invalid.push("date");
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
