import { defineConfig } from "@playwright/test";

/** A Chromium of the system: nothing is downloaded. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Where the dashboard is served: an instance with the demo data. */
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
    // Far from Seoul: days must not move.
    timezoneId: "America/Los_Angeles",
    launchOptions: { executablePath: CHROMIUM, args: ["--no-sandbox"] },
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [
    { name: "pages", testIgnore: "outage.spec.ts" },
    // Stops a server under everybody: run by itself (scripts/test-web does).
    { name: "outage", testMatch: "outage.spec.ts" },
  ],
});
