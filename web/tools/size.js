/** Fails if the compressed size of a page with its first chart exceeds the budget. */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 100_000;
const DIST = new URL("../dist/", import.meta.url);

const gzipSize = (name) => gzipSync(readFileSync(new URL(name, DIST)), { level: 6 }).length;
const assets = readdirSync(new URL("assets/", DIST)).filter((name) => /\.(js|css)$/.test(name));
/** The calendar, and pages that are rarely the first one, with the list that two of them share. */
const isLazy = (name) =>
  /^(cally|filtered-list|video-list-pages|(account|channels|compare|keyword-ranking|predict|status|video|watchlist)-page)-/.test(
    name,
  );
const sum = (names) => names.reduce((total, name) => total + gzipSize(`assets/${name}`), 0);

const initial = gzipSize("index.html") + sum(assets.filter((name) => !isLazy(name)));
const lazy = sum(assets.filter(isLazy));
console.log(`initial load ${initial} bytes (budget ${BUDGET}), on demand ${lazy} bytes`);
if (initial > BUDGET) process.exit(1);
