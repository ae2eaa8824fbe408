import type { Language } from "../i18n/language";

type Unit = { from: number; name: string };

const UNITS: Record<Language, Unit[]> = {
  ko: [
    { from: 1e12, name: "조" },
    { from: 1e8, name: "억" },
    { from: 1e4, name: "만" },
  ],
  en: [
    { from: 1e9, name: "B" },
    { from: 1e6, name: "M" },
    { from: 1e3, name: "K" },
  ],
};

/** A count as people read it: 3,120 · 1.2만 · 3.4억, or 3.1K · 12K · 340M. */
export function count(value: number, language: Language): string {
  const size = Math.abs(value);
  const units = UNITS[language];
  for (const [place, unit] of units.entries()) {
    if (size < unit.from) continue;
    const rounded = round(size / unit.from);
    const above = units[place - 1];
    // 99,999,999 is 1억, not 10,000만.
    if (above && rounded * unit.from >= above.from) return sign(value) + `1${above.name}`;
    return sign(value) + plain(rounded, language) + unit.name;
  }
  return plain(Number.isInteger(value) ? value : round(value), language);
}

/** Every digit: 1,234,567. */
export function exact(value: number, language: Language): string {
  return plain(value, language);
}

/** A ratio: 11.3배, 11.3×. */
export function times(ratio: number, language: Language): string {
  const digits = Math.abs(ratio) < 0.1 ? 3 : Math.abs(ratio) < 10 ? 2 : 1;
  const text = ratio.toLocaleString(language, { maximumFractionDigits: digits });
  return language === "ko" ? `${text}배` : `${text}×`;
}

/** A share in hundredths, given in hundredths: 184%. */
export function percent(hundredths: number, language: Language): string {
  return `${count(round(hundredths), language)}%`;
}

/** A change by a factor: +30%, −11%. */
export function change(factor: number, language: Language): string {
  if (factor >= 2) return times(Math.round(factor * 10) / 10, language);
  const hundredths = Math.round((factor - 1) * 100);
  return `${hundredths > 0 ? "+" : hundredths < 0 ? "−" : "±"}${Math.abs(hundredths)}%`;
}

/** One decimal below 100, none above. */
function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}

function plain(value: number, language: Language): string {
  return value.toLocaleString(language, { maximumFractionDigits: 1 });
}

function sign(value: number): string {
  return value < 0 ? "−" : "";
}
