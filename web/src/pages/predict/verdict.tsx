import { times } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import type { Prediction } from "./ask";

/** Less of a difference than this, as a factor, is none. */
const EVEN = 1.05;

/** Which of the two drafts will do better. */
export function Verdict({ a, b }: { a: Prediction; b: Prediction }) {
  const { predict: words } = useWords();
  const language = useLanguage();
  const [ofA, ofB] = [a, b].map((one) => Math.max(one.lines.data.at(-1)?.value ?? 0, 1));
  if (ofA === undefined || ofB === undefined) return null;
  const factor = Math.max(ofA, ofB) / Math.min(ofA, ofB);
  const text =
    factor < EVEN ? words.even : words.better(ofA > ofB ? "A" : "B", times(factor, language));
  return (
    <p class="verdict" role="status">
      {text}
    </p>
  );
}
