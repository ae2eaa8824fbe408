import type { Page } from "@playwright/test";
import type { Freshness } from "../src/api/freshness";
import { formatInstant } from "../src/format/dates";
import { LIMITS } from "../src/pages/status/source-state";
import { formatNumber } from "../src/format/numbers";
import { expect, getJson, LANGUAGES, open, test, UNAVAILABLE } from "./support";

const FRESHNESS = "**/api/status/freshness/";
const PATHS = ["/", "/keyword", "/channels", "/channels/1", "/videos/1", "/predict", "/account"];

const COLLECTED: Freshness = {
  is_simulated: false,
  newest_observation: "2026-11-27T16:05:11Z",
  sources: [
    {
      name: "collector",
      is_simulated: false,
      newest_observation: "2026-11-27T16:05:11Z",
      stored_at: "2026-11-27T16:05:40Z",
      problem: "the quota is used up",
    },
    { name: "import", is_simulated: false, newest_observation: null, stored_at: null },
  ],
  collected: [
    { kind: "channel", sources: 500, failing: 2, last_success_at: "2026-11-27T16:20:00Z" },
  ],
  failing: [
    {
      kind: "channel",
      value: "UC-_0123456789abcdefABCD",
      title: "먹방 채널",
      failures: 3,
      last_success_at: "2026-11-27T10:20:00Z",
      reason: "HTTP 503: Service unavailable",
    },
    { kind: "chart", value: "KR/22", failures: 1, reason: "chart not found" },
  ],
  videos: { tracked: 15_000, due: 120, last_checked_at: "2026-11-27T16:21:00Z" },
  quota: [{ bucket: "units", used: 10_000, daily_limit: 10_000, exhausted: true }],
};

const EMPTY: Freshness = {
  is_simulated: false,
  sources: [],
  collected: [],
  failing: [],
  videos: { tracked: 0, due: 0 },
  quota: [],
};

async function respondWith(page: Page, freshness: Freshness): Promise<void> {
  await page.route(FRESHNESS, (route) => route.fulfill({ json: freshness }));
}

for (const { language, t } of LANGUAGES) {
  test(`every_page_labels_simulated_data (${language})`, async ({ page }) => {
    await respondWith(page, { ...COLLECTED, is_simulated: true });
    for (const path of [...PATHS, "/status", "/nothing"]) {
      await open(page, path, language);
      const note = page.getByTestId("freshness-note");
      await expect(note, path).toContainText(t.data.simulated);
      await expect(note, path).toContainText(
        t.data.asOf(formatInstant("2026-11-27T16:05:11Z", language)),
      );
      await expect(page.locator(".footer"), path).toContainText(t.data.simulatedDescription);
    }
  });

  test(`collected_data_has_its_time_and_no_label (${language})`, async ({ page }) => {
    await respondWith(page, COLLECTED);
    await open(page, "/", language);
    await expect(page.getByTestId("freshness-note")).toHaveText(
      t.data.asOf(formatInstant("2026-11-27T16:05:11Z", language)),
    );
    await expect(page.getByText(t.data.simulatedDescription)).toHaveCount(0);
  });

  test(`status_page_shows_the_api_response (${language})`, async ({ page, request }) => {
    const { sources, videos } = await getJson(request, "/api/status/freshness/");
    await open(page, "/", language);
    await page.getByRole("link", { name: t.nav.status }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.nav.status);
    // No link to the page itself.
    await expect(page.getByRole("contentinfo").getByRole("link")).toHaveCount(0);
    for (const { name, newest_observation: newest } of sources) {
      const row = page.locator(`[data-source="${name}"]`);
      await expect(row.getByRole("rowheader")).toContainText(
        t.status.sourceNames[name as keyof typeof t.status.sourceNames],
      );
      await expect(row.getByRole("cell").nth(1)).toHaveText(
        newest ? formatInstant(newest, language) : "–",
      );
    }
    if (videos.tracked > 0) {
      await expect(page.locator(".facts dd").first()).toHaveText(
        t.units.items(formatNumber(videos.tracked, language)),
      );
    }
  });

  test(`status_page_shows_problems_and_used_quota (${language})`, async ({ page }) => {
    await respondWith(page, COLLECTED);
    await open(page, "/status", language);
    const collector = page.locator('[data-source="collector"]');
    await expect(collector.locator(".status-problem").last()).toHaveText("the quota is used up");
    await expect(collector.locator(".status-problem [lang]")).toHaveAttribute("lang", "en");
    await expect(page.getByRole("columnheader", { name: t.status.problem })).toBeVisible();
    await expect(page.locator('[data-source="import"] td')).toHaveText([
      "–",
      "–",
      "–",
      t.status.none,
    ]);
    await expect(page.locator('[data-kind="channel"] td')).toHaveText([
      "500",
      "2",
      formatInstant("2026-11-27T16:20:00Z", language),
    ]);
    await expect(page.locator("[data-failing]")).toHaveCount(2);
    await expect(page.locator('[data-failing="KR/22"]').locator("th, td")).toHaveText([
      "KR/22",
      t.status.kindNames.chart,
      "1",
      "–",
      "chart not found",
    ]);
    const channel = page.locator('[data-failing^="UC"]');
    await expect(channel.getByRole("rowheader")).toHaveText("먹방 채널 (UC-_0123456789abcdefABCD)");
    await expect(channel).toContainText(formatInstant("2026-11-27T10:20:00Z", language));
    const units = page.locator('[data-bucket="units"]');
    await expect(units).toContainText(t.status.usedOf("10,000", "10,000"));
    await expect(units).toContainText(t.status.exhausted);
    await expect(units.getByRole("meter", { name: t.status.bucketNames.units })).toBeVisible();
  });

  test(`status_page_judges_the_age_of_each_source (${language})`, async ({ page }) => {
    const ages = { collector: 2, import: 40, demo: 200, other: -1 };
    const sources = Object.entries(ages).map(([name, hours]) => ({
      name,
      is_simulated: false,
      newest_observation: new Date(Date.now() - hours * 3_600_000).toISOString(),
    }));
    await respondWith(page, { ...COLLECTED, sources });
    await open(page, "/status", language);
    const states = page.locator("[data-source] [data-state]");
    const { fresh, late, stopped, future } = t.status.states;
    await expect(states).toHaveText([fresh, fresh, stopped, future]);
    await expect(page.locator('[data-source="other"] .badge-warning')).toHaveText(future);
    await expect(page.locator("[data-source] .badge-warning")).toHaveCount(1);
    const { collector, other } = LIMITS;
    await expect(page.getByText(t.status.sourcesDescription(collector, other))).toBeVisible();
    for (const source of sources.slice(0, 2)) {
      source.newest_observation = new Date(
        Date.parse(source.newest_observation) - 20 * 3_600_000,
      ).toISOString();
    }
    await page.reload();
    await expect(states).toHaveText([late, late, stopped, future]);
  });

  test(`status_page_without_data_says_so (${language})`, async ({ page }) => {
    await respondWith(page, EMPTY);
    await open(page, "/status", language);
    await expect(page.getByText(t.status.noSources)).toBeVisible();
    await expect(page.getByText(t.status.noCollector)).toBeVisible();
    await expect(page.getByTestId("freshness-note")).toHaveCount(0);
  });

  test(`unavailable_freshness_is_reported_on_the_status_page_only (${language})`, async ({
    page,
  }) => {
    await page.route(FRESHNESS, (route) => route.fulfill(UNAVAILABLE));
    await open(page, "/", language);
    await expect(page.locator(".keyword").first()).toBeVisible();
    await expect(page.getByTestId("freshness-note")).toHaveCount(0);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await open(page, "/status", language);
    await expect(page.getByRole("alert")).toContainText(t.states.unavailable);
    await page.unroute(FRESHNESS);
    await expect(page.locator(".status")).toBeVisible();
  });
}
