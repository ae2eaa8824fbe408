import { plusDays, today } from "../../format/dates";
import { keptInTab } from "../../remember";

/** The two videos that may be planned side by side. */
export const LETTERS = ["A", "B"] as const;
export type Letter = (typeof LETTERS)[number];

/** A planned video, as it stands in its form. */
export type Draft = {
  /** A data URL; empty without a picture. */
  thumbnail: string;
  title: string;
  subscribers: string;
  date: string;
};

export type Field = keyof Draft;

export function emptyDraft(): Draft {
  return { thumbnail: "", title: "", subscribers: "", date: plusDays(today(), 1) };
}

/** What is missing or cannot be used. */
export function problemsOf(draft: Draft): Field[] {
  const problems: Field[] = [];
  if (!draft.thumbnail) problems.push("thumbnail");
  if (!draft.title.trim()) problems.push("title");
  if (!/^\d{1,9}$/.test(draft.subscribers)) problems.push("subscribers");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.date)) problems.push("date");
  return problems;
}

/** The draft as it was left in this tab. */
export function keptDraft(letter: Letter): Draft {
  try {
    const kept: unknown = JSON.parse(keptInTab.read(`draft.${letter}`) ?? "{}");
    return { ...emptyDraft(), ...(kept as Partial<Draft>) };
  } catch {
    return emptyDraft();
  }
}

export function keepDraft(letter: Letter, draft: Draft): void {
  keptInTab.write(`draft.${letter}`, JSON.stringify(draft));
}
