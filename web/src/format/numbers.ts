import type { Language } from "../i18n";
import { numberFormat } from "./intl";

type Unit = { size: number; name: string };

const UNITS: Record<Language, Unit[]> = {
  ko: [
    { size: 1e12, name: "조" },
    { size: 1e8, name: "억" },
    { size: 1e4, name: "만" },
  ],
  en: [
    { size: 1e9, name: "B" },
    { size: 1e6, name: "M" },
    { size: 1e3, name: "K" },
  ],
};

/**
 * Abbreviated: 3,120 · 1.2만 · 3.4억, or 3.1K · 12K · 340M. The compact notation of `Intl` would show
 * 3.1천 for 3,120, and 107.6만 for 108만.
 */
export function formatCount(value: number, language: Language): string {
  const magnitude = Math.abs(value);
  const units = UNITS[language];
  for (const [index, unit] of units.entries()) {
    if (magnitude < unit.size) continue;
    const rounded = round(magnitude / unit.size);
    const larger = units[index - 1];
    // 99,999,999 is 1억, not 10,000만.
    if (larger && rounded * unit.size >= larger.size) return sign(value) + `1${larger.name}`;
    return sign(value) + formatNumber(rounded, language) + unit.name;
  }
  return formatNumber(Number.isInteger(value) ? value : round(value), language);
}

/** The largest number of subscribers that the API accepts. */
export const MAX_SUBSCRIBERS = 999_999_999;

const FACTORS: Record<string, number> = {
  "": 1,
  천: 1e3,
  만: 1e4,
  억: 1e8,
  k: 1e3,
  m: 1e6,
  b: 1e9,
};

/** The count of a typed text: 15300, "15,300", "1.5만", "15.3K"; undefined if it is none. */
export function parseCount(text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)([천만억kmb]?)[명개]?$/.exec(
    text.normalize("NFKC").replace(/[\s,]/g, "").toLowerCase(),
  );
  if (!parts) return undefined;
  const count = Number(parts[1]) * (FACTORS[parts[2] ?? ""] ?? 1);
  // 0.07만 is 700.0000000000001.
  const rounded = Math.round(count);
  return Math.abs(count - rounded) < 1e-6 * Math.max(count, 1) ? rounded : undefined;
}

/** With thousands separators: 1,234,567. */
export function formatNumber(value: number, language: Language): string {
  return numberFormat(language, { maximumFractionDigits: 1 }).format(value);
}

/** A difference with its sign: +1,234, −56, 0. */
export function formatSigned(value: number, language: Language): string {
  return (value > 0 ? "+" : sign(value)) + formatNumber(Math.abs(value), language);
}

/** 11.3배, 11.3×. */
export function formatRatio(ratio: number, language: Language): string {
  const digits = Math.abs(ratio) < 0.1 ? 3 : Math.abs(ratio) < 10 ? 2 : 1;
  const text = numberFormat(language, { maximumFractionDigits: digits }).format(ratio);
  return language === "ko" ? `${text}배` : `${text}×`;
}

/** 184%. */
export function formatPercent(percent: number, language: Language): string {
  return `${formatCount(round(percent), language)}%`;
}

/** A change by a factor in whole percent. */
export function changePercent(factor: number): number {
  return Math.round((factor - 1) * 100);
}

/** A change by a factor: +30%, −11%, 3.6×. */
export function formatChange(factor: number, language: Language): string {
  if (factor >= 2) return formatRatio(Math.round(factor * 10) / 10, language);
  const percent = changePercent(factor);
  return `${percent > 0 ? "+" : percent < 0 ? "−" : "±"}${Math.abs(percent)}%`;
}

/** To one decimal below 100, to an integer above. */
function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}

function sign(value: number): string {
  return value < 0 ? "−" : "";
}
