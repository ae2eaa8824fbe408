import type { Language } from "../i18n/language";

/**
 * The API's days and times are Seoul's, without an offset: `2026-11-25T09:53:39`. They are
 * shown as they stand, wherever the browser is.
 */
function parse(text: string): Date {
  return new Date(`${text.slice(0, 10)}T${text.slice(11, 19) || "00:00:00"}Z`);
}

function formatted(text: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const date = parse(text);
  if (Number.isNaN(date.getTime())) return text;
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(date);
}

/** 11월 25일, 25 Nov. */
export function day(text: string, language: Language): string {
  return formatted(text, language, {
    month: language === "ko" ? "long" : "short",
    day: "numeric",
  });
}

/** 11. 25., 25/11: for an axis. */
export function shortDay(text: string): string {
  return `${Number(text.slice(5, 7))}.${Number(text.slice(8, 10))}`;
}

/** 2026년 11월 25일, 25 Nov 2026. */
export function fullDay(text: string, language: Language): string {
  return formatted(text, language, {
    year: "numeric",
    month: language === "ko" ? "long" : "short",
    day: "numeric",
  });
}

/** Today in Seoul, as the API writes days. */
export function today(): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Seoul" }).format(new Date());
}

/** The day so many days after another one. */
export function plusDays(text: string, days: number): string {
  const date = parse(text);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
