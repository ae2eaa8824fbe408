/** A circle of a word map. */
export type Bubble = { name: string; value: number; x: number; y: number; r: number };

/** Horizontal stretch of the spiral. */
const ASPECT = 1.1;
const GAP = 2;

/**
 * Packs circles without overlap, the largest in the center. d3-hierarchy would add 2.6 kB
 * (compressed), and does not stretch the map to the width of its card.
 */
export function packBubbles(keywords: { name: string; value: number }[]): Bubble[] {
  const max = Math.max(...keywords.map((keyword) => keyword.value), 1);
  const bubbles: Bubble[] = [];
  for (const { name, value } of [...keywords].sort((a, b) => b.value - a.value)) {
    // The area is proportional to the value; the minimum radius leaves room for the text.
    const r = Math.max(50 * Math.sqrt(value / max), 22);
    bubbles.push({ name, value, r, ...findPosition(r, bubbles) });
  }
  return bubbles;
}

/** The first position without overlap on a spiral from the center. */
function findPosition(r: number, bubbles: Bubble[]): { x: number; y: number } {
  for (let step = 0; step < 4000; step += 1) {
    const angle = step * 0.35 + bubbles.length;
    const distance = step * 0.12;
    const x = Math.cos(angle) * distance * ASPECT;
    const y = Math.sin(angle) * distance;
    if (bubbles.every((other) => Math.hypot(x - other.x, y - other.y) >= r + other.r + GAP)) {
      return { x, y };
    }
  }
  return { x: 0, y: 0 };
}

/** The bounding box of all bubbles as an SVG `viewBox`. */
export function viewBoxOf(bubbles: Bubble[], margin = 2): string {
  const left = Math.min(...bubbles.map(({ x, r }) => x - r)) - margin;
  const top = Math.min(...bubbles.map(({ y, r }) => y - r)) - margin;
  const right = Math.max(...bubbles.map(({ x, r }) => x + r)) + margin;
  const bottom = Math.max(...bubbles.map(({ y, r }) => y + r)) + margin;
  return [left, top, right - left, bottom - top].map((side) => side.toFixed(1)).join(" ");
}
