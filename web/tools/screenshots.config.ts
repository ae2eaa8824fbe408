import { defineConfig } from "@playwright/test";
import tests from "../playwright.config";

/** Used by scripts/screenshots. */
export default defineConfig({
  ...tests,
  testDir: ".",
  testMatch: "screenshots.ts",
  outputDir: "../test-results",
  projects: [{ name: "screenshots" }],
});
