import { useMemo } from "preact/hooks";
import { exact } from "../format/numbers";
import { useLanguage } from "../i18n/language";
import { useWords } from "../i18n/words";
import { to } from "../router/addresses";
import { boxAround, pack, type Bubble } from "./bubbles";

type Props = { words: { name: string; value: number }[]; label: string };

/** Keywords as circles, the larger the more videos use them. Each searches its keyword. */
export function WordMap({ words, label }: Props) {
  const texts = useWords();
  const language = useLanguage();
  const bubbles = useMemo(() => pack(words), [words]);
  if (bubbles.length === 0) return <p class="chart-empty">{texts.wordmap.empty}</p>;
  return (
    <svg class="wordmap" viewBox={boxAround(bubbles)} role="group" aria-label={label}>
      {bubbles.map((bubble, place) => (
        <a
          key={bubble.name}
          href={to.keyword(bubble.name)}
          class={`bubble bubble-${place}`}
          aria-label={`${bubble.name}, ${exact(bubble.value, language)}`}
          data-word={bubble.name}
          data-value={bubble.value}
        >
          <circle cx={bubble.x} cy={bubble.y} r={bubble.r} />
          <BubbleText bubble={bubble} value={exact(bubble.value, language)} />
        </a>
      ))}
    </svg>
  );
}

function BubbleText({ bubble, value }: { bubble: Bubble; value: string }) {
  const { x, y, r, name } = bubble;
  const lines = broken(name, r);
  // Wide letters (Hangul, kana, Han) are about as wide as high, others half of it.
  const longest = Math.max(...lines.map(widthOf), 1);
  const size = Math.min((r * 1.66) / longest, r * 0.42, 17);
  const top = y - ((lines.length - 1) * size * 1.15) / 2 - size * 0.3;
  return (
    <>
      {lines.map((line, place) => (
        <text key={line} x={x} y={top + place * size * 1.15} font-size={size}>
          {line}
        </text>
      ))}
      <text
        class="bubble-value"
        x={x}
        y={top + lines.length * size * 1.15}
        font-size={Math.max(size * 0.75, 5)}
      >
        {value}
      </text>
    </>
  );
}

function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += /[ᄀ-￦]/.test(letter) ? 1 : 0.64;
  return width;
}

/** On two lines where a space allows, if one would be small. */
function broken(name: string, r: number): string[] {
  const space = name.indexOf(" ", Math.floor(name.length / 3));
  if (space < 0 || widthOf(name) * 9 < r * 1.6) return [name];
  return [name.slice(0, space), name.slice(space + 1)];
}
