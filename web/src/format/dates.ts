import type { Language } from "../i18n";
import { dateFormat } from "./intl";

/**
 * The API returns times of Seoul, without an offset (`2026-11-25T09:53:39`) or with `+09:00`. They
 * are formatted without conversion to the browser's time zone.
 */
function parse(text: string): Date {
  return new Date(`${text.slice(0, 10)}T${text.slice(11, 19) || "00:00:00"}Z`);
}

function format(text: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const date = parse(text);
  if (Number.isNaN(date.getTime())) return text;
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  return dateFormat(locale, { timeZone: "UTC", ...options }).format(date);
}

/** 11월 25일, 25 Nov. */
export function formatDate(text: string, language: Language): string {
  return format(text, language, {
    month: language === "ko" ? "long" : "short",
    day: "numeric",
  });
}

/** 11.25, 25 Nov. */
export function formatAxisDate(text: string, language: Language): string {
  if (language === "en") return formatDate(text, language);
  return `${Number(text.slice(5, 7))}.${Number(text.slice(8, 10))}`;
}

/** 2026년 11월 25일, 25 Nov 2026. */
export function formatFullDate(text: string, language: Language): string {
  return format(text, language, {
    year: "numeric",
    month: language === "ko" ? "long" : "short",
    day: "numeric",
  });
}

/** 2026년 11월 1일 ~ 28일, 1 – 28 Nov 2026. */
export function formatDateRange(start: string, end: string, language: Language): string {
  const dates = [parse(start), parse(end)] as const;
  if (dates.some((date) => Number.isNaN(date.getTime())) || start > end) return `${start} – ${end}`;
  const range = dateFormat(language === "ko" ? "ko-KR" : "en-GB", {
    timeZone: "UTC",
    year: "numeric",
    month: language === "ko" ? "long" : "short",
    day: "numeric",
  }).formatRange(...dates);
  // Browsers differ in the spaces around the sign.
  return range.replace(/\s*([~–])\s*/, " $1 ");
}

/** A point in time, shown in Seoul: 11월 28일 01:05, 28 Nov, 01:05 KST. */
export function formatInstant(instant: string, language: Language): string {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return instant;
  const text = dateFormat(language === "ko" ? "ko-KR" : "en-GB", {
    timeZone: "Asia/Seoul",
    month: language === "ko" ? "long" : "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(time);
  return language === "ko" ? text : `${text} KST`;
}

/** The date of a point in time in Seoul as `YYYY-MM-DD`. */
export function seoulDay(instant: string | Date): string {
  return dateFormat("en-CA", { timeZone: "Asia/Seoul" }).format(new Date(instant));
}

/** Today's date in Seoul as `YYYY-MM-DD`. */
export function today(): string {
  return seoulDay(new Date());
}

export function addDays(text: string, days: number): string {
  const date = parse(text);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The first date after another one with a weekday: 1 is Monday, 7 is Sunday. */
export function nextWeekday(text: string, weekday: number): string {
  const distance = (weekday - parse(text).getUTCDay() + 7) % 7;
  return addDays(text, distance || 7);
}

/** The week of ISO 8601 that starts on a Monday, such as 2026-W48. */
export function isoWeek(monday: string): string {
  // The year of a week is that of its Thursday.
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** The calendar days from one date to another. */
export function daysBetween(from: string, to: string): number {
  const midnight = (text: string) => parse(text.slice(0, 10)).getTime();
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}
