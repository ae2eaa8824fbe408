import { useMemo } from "preact/hooks";
import { formatNumber } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";
import { urls, type VideoFilters } from "../router/urls";
import { packBubbles, viewBoxOf, type Bubble } from "./bubbles";

type Props = {
  keywords: { name: string; value: number }[];
  label: string;
  /** Filters that the links keep. */
  filters?: VideoFilters;
};

/** A bubble chart of keywords, each a link to its search. */
export function WordMap({ keywords, label, filters }: Props) {
  const { units, wordmap } = useTranslations();
  const language = useLanguage();
  const bubbles = useMemo(() => packBubbles(keywords), [keywords]);
  if (bubbles.length === 0) return <p class="chart-empty">{wordmap.empty}</p>;
  return (
    <svg class="wordmap" viewBox={viewBoxOf(bubbles)} role="group" aria-label={label}>
      {bubbles.map((bubble, index) => (
        <a
          key={bubble.name}
          href={urls.keyword(bubble.name, filters)}
          class={`bubble bubble-${index}`}
          aria-label={`${bubble.name}, ${units.videos(formatNumber(bubble.value, language))}`}
          data-keyword={bubble.name}
          data-value={bubble.value}
        >
          <circle cx={bubble.x} cy={bubble.y} r={bubble.r} />
          <BubbleText bubble={bubble} value={formatNumber(bubble.value, language)} />
        </a>
      ))}
    </svg>
  );
}

function BubbleText({ bubble, value }: { bubble: Bubble; value: string }) {
  const { x, y, r, name } = bubble;
  const { lines, size } = fitText(name, r);
  const top = y - ((lines.length - 1) * size * 1.15) / 2 - size * 0.3;
  return (
    <>
      {lines.map((line, index) => (
        <text key={line} x={x} y={top + index * size * 1.15} font-size={size}>
          {line}
        </text>
      ))}
      <text
        class="bubble-value"
        x={x}
        y={top + lines.length * size * 1.15}
        font-size={Math.max(size * 0.75, 6)}
      >
        {value}
      </text>
    </>
  );
}

/** Estimated width in em: East Asian characters are full-width, others narrower. */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[ᄀ-￦]/.test(character) ? 1 : 0.64;
  return width;
}

/** The keyword on one line, or on two if the text is larger then. */
function fitText(name: string, r: number): { lines: string[]; size: number } {
  const space = name.indexOf(" ", Math.floor(name.length / 3));
  const sizeOf = (lines: string[]) =>
    Math.min((r * 1.66) / Math.max(...lines.map(textWidth), 1), r / (lines.length + 1), 17);
  const one = { lines: [name], size: sizeOf([name]) };
  if (space < 0) return one;
  const lines = [name.slice(0, space), name.slice(space + 1)];
  const two = { lines, size: sizeOf(lines) };
  return two.size > one.size ? two : one;
}
