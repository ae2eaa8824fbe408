/** The licences of all packages that package-lock.json names; fails on one not listed here. */
import { readFileSync } from "node:fs";

const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0", // axe-core: for tests, and not shipped.
  "Python-2.0",
]);

// What its package.json does not say, or not exactly: read in its LICENSE.
const READ = { decko: "MIT", stickyfill: "MIT", "url-template": "BSD-3-Clause" };
const licenceOf = (path, { license = "" }) =>
  READ[path.replace(/^.*node_modules\//, "")] ?? license;

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const refused = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .filter(([path, entry]) =>
    licenceOf(path, entry)
      .split(/ (?:OR|AND) /)
      .some((one) => !ALLOWED.has(one.replace(/[()]/g, ""))),
  )
  .map(([path, { license }]) => `${path}: ${license ?? "none"}`);
if (refused.length > 0) {
  console.log(`These licences are not known to be permissive:\n${refused.join("\n")}`);
  process.exit(1);
}
