/** Fails if a package in package-lock.json has a license that is not in ALLOWED. */
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
  "MPL-2.0", // axe-core, used only in tests.
  "Python-2.0",
]);

// Read from the LICENSE file, because package.json is missing or imprecise.
const OVERRIDES = { decko: "MIT", stickyfill: "MIT", "url-template": "BSD-3-Clause" };
const licenseOf = (path, { license = "" }) =>
  OVERRIDES[path.replace(/^.*node_modules\//, "")] ?? license;

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const rejected = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .filter(([path, entry]) =>
    licenseOf(path, entry)
      .split(/ (?:OR|AND) /)
      .some((name) => !ALLOWED.has(name.replace(/[()]/g, ""))),
  )
  .map(([path, { license }]) => `${path}: ${license ?? "none"}`);
if (rejected.length > 0) {
  console.log(`Packages with a license that is not allowed:\n${rejected.join("\n")}`);
  process.exit(1);
}
