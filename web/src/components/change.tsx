import { changePercent, formatChange } from "../format/numbers";
import type { Language } from "../i18n";

/** A change by a factor, green or red unless it rounds to zero. */
export function Change({ factor, language }: { factor: number; language: Language }) {
  const percent = changePercent(factor);
  return (
    <b class={percent > 0 ? "change-up" : percent < 0 ? "change-down" : ""}>
      {formatChange(factor, language)}
    </b>
  );
}
