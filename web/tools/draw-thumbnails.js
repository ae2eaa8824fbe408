/**
 * Draws three thumbnails for each topic of the demo's videos. The output is deterministic.
 * `npm run thumbnails` writes them to deploy/demo/thumbnails/.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { TOPIC_DRAWINGS } from "./topic-drawings.js";

/** Output folder, by default the demo's. */
const FOLDER = new URL(process.argv[2] ?? "../../deploy/demo/thumbnails/", import.meta.url);

/** A background, and the transform that positions the drawing on it. */
const BACKGROUNDS = [
  ([base, accent, dark]) => ({
    background: `<rect width="320" height="180" fill="${base}"/><path d="M190 0h130v180H120z" fill="${dark}" opacity=".28"/><circle cx="96" cy="90" r="74" fill="#fff" opacity=".16"/><path d="M228 46h64M228 66h44" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".85"/><rect x="223" y="112" width="66" height="26" rx="13" fill="${accent}"/>`,
    transform: "translate(42 36) scale(1.08)",
  }),
  ([base, accent, dark]) => ({
    background: `<rect width="320" height="180" fill="${dark}"/><g fill="none" stroke="${base}" stroke-width="15"><circle cx="214" cy="90" r="56"/><circle cx="214" cy="90" r="96" opacity=".6"/><circle cx="214" cy="90" r="136" opacity=".35"/></g><path d="M26 128h76" stroke="${accent}" stroke-width="13" stroke-linecap="round"/><path d="M26 152h48" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".9"/>`,
    transform: "translate(158 34) scale(1.12)",
  }),
  ([base, accent, dark]) => ({
    background: `<rect width="320" height="180" fill="${accent}"/><path d="M0 120q80-46 160-10t160-20v90H0z" fill="${base}"/><path d="M0 150q90-34 180-6t140-14v50H0z" fill="${dark}" opacity=".55"/><circle cx="160" cy="86" r="72" fill="${base}"/>`,
    transform: "translate(108 34) scale(1.04)",
  }),
];

function svg({ colors, drawing }, createBackground) {
  const [, accent, dark] = colors;
  const { background, transform } = createBackground(colors);
  const style = `.w{fill:#fff}.d{fill:${dark}}.a{fill:${accent}}.s{fill:none;stroke:#fff;stroke-width:6;stroke-linecap:round;stroke-linejoin:round}.l{fill:none;stroke:${dark};stroke-width:5;stroke-linecap:round}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" width="320" height="180"><style>${style}</style>${background}<g transform="${transform}">${drawing}</g></svg>\n`;
}

mkdirSync(FOLDER, { recursive: true });
for (const [name, scene] of Object.entries(TOPIC_DRAWINGS)) {
  for (const [index, createBackground] of BACKGROUNDS.entries()) {
    writeFileSync(new URL(`${name}-${index + 1}.svg`, FOLDER), svg(scene, createBackground));
  }
}
