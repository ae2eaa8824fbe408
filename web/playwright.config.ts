import { defineConfig } from "@playwright/test";

/** The Chromium of the system: the headless shell needs half the time of the browser. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";
/** An instance with the demo data. */
export const GATEWAY = process.env.CREATETREND_GATEWAY ?? "http://localhost:8080";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 40_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: GATEWAY,
    locale: "ko-KR",
    // Dates must not depend on the local time zone.
    timezoneId: "America/Los_Angeles",
    launchOptions: { executablePath: CHROMIUM, args: ["--no-sandbox"] },
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [
    { name: "pages", testIgnore: "outage.spec.ts" },
    // Stops Elasticsearch, so scripts/test-web runs it separately.
    { name: "outage", testMatch: "outage.spec.ts" },
  ],
});
