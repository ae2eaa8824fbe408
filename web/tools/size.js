/** What a page weighs before the charts come, compressed; fails above the budget. */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 150_000;
const DIST = new URL("../dist/", import.meta.url);

const weigh = (name) => gzipSync(readFileSync(new URL(name, DIST)), { level: 6 }).length;
const assets = readdirSync(new URL("assets/", DIST)).filter((name) => /\.(js|css)$/.test(name));
const isLater = (name) => /^(charts|echarts)-/.test(name);
const sum = (names) => names.reduce((total, name) => total + weigh(`assets/${name}`), 0);

const first = weigh("index.html") + sum(assets.filter((name) => !isLater(name)));
const later = sum(assets.filter(isLater));
console.log(`${first} bytes before the charts (budget ${BUDGET}), ${later} bytes of charts`);
if (first > BUDGET) process.exit(1);
