/** Fails if the compressed size of a page with its first chart exceeds the budget. */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 100_000;
const DIST = new URL("../dist/", import.meta.url);

const gzipSize = (name) => gzipSync(readFileSync(new URL(name, DIST)), { level: 6 }).length;
const assets = readdirSync(new URL("assets/", DIST)).filter((name) => /\.(js|css)$/.test(name));
/** The chunks of pages that are often the first one, besides those that every page loads. */
const FIRST_PAGES = {
  home: ["plot"],
  video: ["plot", "video-page"],
  outliers: ["filtered-list", "video-list-pages"],
};
/** The calendar, and pages that are rarely the first one. */
const isRare = (name) =>
  /^(cally|(account|channels|compare|keyword-ranking|predict|status|watchlist)-page)-/.test(name);
const isOf = (chunks, name) => chunks.some((chunk) => name.startsWith(`${chunk}-`));
const isOptional = (name) => isRare(name) || isOf(Object.values(FIRST_PAGES).flat(), name);
const sum = (names) => names.reduce((total, name) => total + gzipSize(`assets/${name}`), 0);

const common = gzipSize("index.html") + sum(assets.filter((name) => !isOptional(name)));
const sizes = Object.entries(FIRST_PAGES).map(([page, chunks]) => [
  page,
  common + sum(assets.filter((name) => isOf(chunks, name))),
]);
const list = sizes.map(([page, size]) => `${page} ${size}`).join(", ");
console.log(
  `initial load in bytes (budget ${BUDGET}): ${list}; rare: ${sum(assets.filter(isRare))}`,
);
if (sizes.some(([, size]) => size > BUDGET)) process.exit(1);
