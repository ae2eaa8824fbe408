import type { Page } from "@playwright/test";
import { formatInstant } from "../src/format/dates";
import { formatCount, formatNumber, formatRatio } from "../src/format/numbers";
import { en } from "../src/i18n/en";
import { getJson, expect, LANGUAGES, open, test } from "./support";

const OUTLIERS = "/api/videos/outliers/";
const CHART = "/api/videos/chart/";

/** Answers a list with the response of the server and changes. */
async function change(page: Page, path: string, changes: object): Promise<void> {
  await page.route(`**${path}*`, async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as object;
    await route.fulfill({ response, json: { ...body, ...changes } });
  });
}

const ROW = {
  idx: 1,
  video_id: "a",
  title: "라면 먹방",
  thumbnail_url: null,
  channel_idx: 2,
  channel_name: "라면 채널",
  subscribers: 15000,
  upload_time: "2026-11-20T18:34:26",
  length: "shorts",
  category: 24,
  views: 60000,
  age_days: 3,
  views_at_age: 54189,
  expected_views: 18063,
  ratio: 3,
  ratio_shrunk: 2.1,
  sample: 4,
  is_small_sample: true,
};

for (const { language, t } of LANGUAGES) {
  test(`outliers_show_the_api_response (${language})`, async ({ page, request }) => {
    const { count, results } = await getJson(request, OUTLIERS, { days: 90 });
    await open(page, "/outliers?days=90", language);
    await expect(page.locator(".list-head .list-count")).toHaveText(
      // The API lists at most 200.
      count < 200
        ? t.ranking.count(formatNumber(count, language))
        : t.ranking.top(t.ranking.count(formatNumber(count, language))),
    );
    await expect(page.locator(".ranked-title")).toHaveText(results.map(({ title }) => title));
    await expect(page.locator(".ranked-value")).toHaveText(
      results.map(({ ratio }) => t.ranking.usual(formatRatio(ratio, language))),
    );
  });

  test(`outlier_row_shows_views_expected_views_and_small_sample (${language})`, async ({
    page,
  }) => {
    await change(page, OUTLIERS, { count: 1, results: [ROW] });
    await open(page, "/outliers", language);
    const row = page.locator(".ranked-video");
    await expect(row.locator(".ranked-value")).toHaveText(
      t.ranking.usual(formatRatio(3, language)),
    );
    const count = (views: number) => formatCount(views, language);
    await expect(row.locator(".ranked-fact")).toHaveText(
      t.ranking.viewsAtAge(3, count(54189), count(18063)),
    );
    await expect(row.getByTestId("small-sample")).toHaveText(t.ranking.smallSample(4));
    await expect(row).toContainText(t.video.subscribers(count(15000)));
    await expect(row).not.toContainText(t.channel.estimated(t.video.subscribers(count(15000))));
    await expect(row).toContainText(t.filters.shorts);
    await expect(row).toContainText(t.categories[24]);
    await expect(row.getByRole("link", { name: "라면 채널" })).toHaveAttribute(
      "href",
      "/channels/2",
    );
  });

  test(`estimated_subscribers_of_a_list_are_marked (${language})`, async ({ page }) => {
    await change(page, OUTLIERS, { count: 1, results: [{ ...ROW, subscriber_estimated: true }] });
    await open(page, "/outliers", language);
    const count = formatCount(15000, language);
    await expect(page.locator(".ranked-channel")).toContainText(
      t.channel.estimated(t.video.subscribers(count)),
    );
    await page.getByRole("link", { name: t.table.showTable }).click();
    await expect(page.getByRole("cell", { name: t.channel.estimated(count) })).toBeVisible();
  });

  test(`filters_of_outliers_are_in_the_url (${language})`, async ({ page }) => {
    await open(page, "/outliers?page=2", language);
    const filters = page.getByRole("region", { name: t.filters.label });
    await filters.getByRole("link", { name: t.period.lastDays(90) }).click();
    await expect(page).toHaveURL(/\/outliers\?days=90$/);
    await filters.getByRole("link", { name: t.filters.long }).click();
    await filters.getByRole("combobox", { name: t.filters.category }).selectOption("24");
    await filters.getByRole("textbox", { name: t.filters.subscribers }).fill("many");
    await filters.getByRole("button", { name: t.filters.applySubscribers }).click();
    await expect(page.getByText(t.filters.subscribersInvalid)).toBeVisible();
    await filters.getByRole("textbox", { name: t.filters.subscribers }).fill("15,000");
    await filters.getByRole("button", { name: t.filters.applySubscribers }).click();
    await expect(
      page.getByText(t.filters.range(formatCount(4500, language), formatCount(45000, language))),
    ).toBeVisible();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      days: "90",
      length: "long",
      category: "24",
      subscribers: "15000",
    });
    await filters.getByRole("link", { name: t.filters.anySubscribers }).click();
    await expect(page).not.toHaveURL(/subscribers/);
    // The number is remembered, but not applied.
    await page.goto("/outliers");
    await expect(filters.getByRole("textbox", { name: t.filters.subscribers })).toHaveValue(
      "15000",
    );
    await expect(page).toHaveURL(/\/outliers$/);
  });

  test(`empty_outliers_say_why_and_offer_a_way_out (${language})`, async ({ page }) => {
    await change(page, OUTLIERS, { count: 0, results: [] });
    await open(page, "/outliers", language);
    await expect(page.getByText(t.ranking.insufficient)).toBeVisible();
    await expect(page.getByText(t.ranking.outliersInsufficient)).toBeVisible();
    await page.goto("/outliers?days=7&category=24");
    await expect(page.getByText(t.ranking.noMatch)).toBeVisible();
    await page.getByRole("link", { name: t.filters.clear }).click();
    await expect(page).toHaveURL(/\/outliers$/);
  });

  test(`chart_shows_views_gained_in_24_hours (${language})`, async ({ page, request }) => {
    const { results } = await getJson(request, CHART);
    await open(page, "/outliers", language);
    await page.getByRole("link", { name: t.ranking.chart }).click();
    await expect(page).toHaveURL(/\/chart$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.ranking.chart);
    await expect(page.locator(".ranked-value")).toHaveText(
      results.map(({ gained_24h }) => t.ranking.gained(formatCount(gained_24h, language))),
    );
    // On the first day of a video, the gained views are all views.
    await expect(page.locator(".ranked-figure .figure-note")).toHaveText(
      results.map((video) => {
        const { observed_at: observed, upload_time: uploaded, gained_24h: gained, views } = video;
        const hours = (Date.parse(observed ?? "") - Date.parse(uploaded)) / 3_600_000;
        if (hours <= 24) expect(gained).toBe(views);
        const text = hours <= 24 ? t.ranking.gainedSinceUpload : t.ranking.gainedUntil;
        return text(formatInstant(observed ?? "", language));
      }),
    );
    await change(page, CHART, { count: 0, results: [] });
    await page.goto("/chart");
    await expect(page.getByText(t.ranking.chartInsufficient)).toBeVisible();
  });

  test(`outliers_of_a_keyword_are_those_of_the_size_or_say_that_there_are_none (${language})`, async ({
    page,
  }) => {
    // Parameters for which there are videos.
    let known = ["subscribers"];
    await page.route("**/api/keywords/outliers/*", (route) => {
      const { searchParams } = new URL(route.request().url());
      const filters = ["subscribers", "category"].filter((name) => searchParams.has(name));
      const results = filters.join() === known.join() ? [ROW] : [];
      return route.fulfill({ json: { count: results.length, results } });
    });
    const profile = [formatCount(15_000, language), t.categories[26]] as const;
    const noneOf = t.ranking.noneOf(...profile);
    await open(page, "/keyword?q=먹방&subscribers=15000&category=26", language);
    const card = page.getByRole("region", { name: t.ranking.keywordOutliers });
    const description = card.locator(".card-description");
    await expect(description).toHaveText(`${noneOf} ${t.ranking.allCategories}`);
    known = [];
    await page.reload();
    await expect(description).toHaveText(`${noneOf} ${t.ranking.allChannels}`);
    known = ["subscribers", "category"];
    await page.reload();
    await expect(description).toHaveText(t.ranking.profile(...profile));
  });

  test(`home_shows_the_first_three_outliers (${language})`, async ({ page, request }) => {
    const { results } = await getJson(request, OUTLIERS);
    await open(page, "/", language);
    await expect(page.locator(".home-outliers .ranked-title")).toHaveText(
      results.slice(0, 3).map(({ title }) => title),
    );
    await expect(
      page.locator(".home-outliers .list-note + .ranked-videos"),
      "the order is explained above the list",
    ).toBeVisible();
    await expect(page.locator(".home-outliers .list-note")).toHaveText(t.ranking.outliersOrder);
    // Cards above that are still loading would move the link during the click.
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await page.locator('.home-outliers a[href="/outliers"]').click();
    await expect(page).toHaveURL(/\/outliers$/);
  });
}

test("back_restores_the_scroll_position_of_a_list", async ({ page }) => {
  // Slower than the browser's own restoration.
  await page.route(`**${OUTLIERS}*`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await open(page, "/outliers");
  await page.locator(".ranked-title a").last().scrollIntoViewIfNeeded();
  const top = await page.evaluate(() => scrollY);
  expect(top).toBeGreaterThan(1000);
  await page.locator(".ranked-title a").last().click();
  await expect(page).toHaveURL(/\/videos\//);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(top);
});

test("csv_button_downloads_all_rows", async ({ page }) => {
  await open(page, "/chart?page=2", "en");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: en.csv.download }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("chart.csv");
  const stream = await file.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const [header, first] = Buffer.concat(chunks).toString().split(/\r?\n/);
  expect(header).toContain("gained_24h");
  expect(first).toMatch(/^1,/);
});

test("failed_csv_download_is_reported", async ({ page }) => {
  await open(page, "/chart", "en");
  const button = page.getByRole("button", { name: en.csv.download });
  await expect(button).toBeVisible();
  await page.route(`**${CHART}*`, (route) => route.abort());
  await button.click();
  await expect(page.getByText(en.csv.failed)).toBeVisible();
});
