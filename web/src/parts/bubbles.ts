/** Circles side by side, none over another: the largest in the middle. */
export type Bubble = { name: string; value: number; x: number; y: number; r: number };

/** How much the width counts against the height: words spread rather than pile up. */
const ASPECT = 1.1;
const GAP = 2;

export function pack(words: { name: string; value: number }[]): Bubble[] {
  const most = Math.max(...words.map((word) => word.value), 1);
  const placed: Bubble[] = [];
  const sorted = [...words].sort((one, other) => other.value - one.value);
  for (const { name, value } of sorted) {
    // The area tells the value; the smallest must still hold its word.
    const r = Math.max(50 * Math.sqrt(value / most), 20);
    placed.push({ name, value, r, ...freePlace(r, placed) });
  }
  return placed;
}

/** The place nearest to the middle, on a spiral from there, that is free. */
function freePlace(r: number, placed: Bubble[]): { x: number; y: number } {
  for (let step = 0; step < 4000; step += 1) {
    const angle = step * 0.35 + placed.length;
    const distance = step * 0.12;
    const x = Math.cos(angle) * distance * ASPECT;
    const y = Math.sin(angle) * distance;
    if (placed.every((other) => Math.hypot(x - other.x, y - other.y) >= r + other.r + GAP)) {
      return { x, y };
    }
  }
  return { x: 0, y: 0 };
}

/** A box around all of them: `viewBox` of an SVG. */
export function boxAround(bubbles: Bubble[], margin = 2): string {
  const left = Math.min(...bubbles.map(({ x, r }) => x - r)) - margin;
  const top = Math.min(...bubbles.map(({ y, r }) => y - r)) - margin;
  const right = Math.max(...bubbles.map(({ x, r }) => x + r)) + margin;
  const bottom = Math.max(...bubbles.map(({ y, r }) => y + r)) + margin;
  return [left, top, right - left, bottom - top].map((side) => side.toFixed(1)).join(" ");
}
