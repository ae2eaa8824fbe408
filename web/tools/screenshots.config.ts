import { defineConfig } from "@playwright/test";
import tests from "../playwright.config";

/** Takes the pictures in docs/screenshots (`scripts/screenshots`). */
export default defineConfig({
  ...tests,
  testDir: ".",
  testMatch: "screenshots.ts",
  outputDir: "../test-results",
  projects: [{ name: "screenshots" }],
});
