import type { Page } from "@playwright/test";
import { formatCount, formatRatio } from "../src/format/numbers";
import { expect, LANGUAGES, open, test } from "./support";

const ROW = {
  keyword: "라면 먹방",
  videos: 30,
  channels: 12,
  previous_videos: 20,
  previous_channels: 10,
  largest_channel_share: 0.2,
  views: 1_000_000,
  views_per_video: 33_333,
  rate_ratio: 3.456,
  rate_ratio_low: 2,
};

async function respond(page: Page, list: string, body: object): Promise<void> {
  const json = { status: "ok", active_channels: 9, previous_active_channels: 9, ...body };
  await page.route(`**/api/trends/${list}/*`, (route) => route.fulfill({ json }));
}

for (const { language, t } of LANGUAGES) {
  test(`rising_keywords_show_growth_and_channels (${language})`, async ({ page }) => {
    await respond(page, "rising", { count: 1, results: [ROW] });
    await open(page, "/rising", language);
    const row = page.locator(".keyword-table tbody tr");
    await expect(row.locator("td")).toHaveText([
      "1",
      formatRatio(3.5, language),
      t.rising.channelCount("12"),
      t.rising.channelCount("2.5"),
      t.units.videos("30"),
      t.units.views(formatCount(33_333, language)),
    ]);
    await respond(page, "rising", { count: 1, results: [{ ...ROW, previous_channels: 0 }] });
    await page.reload();
    await expect(row.locator("td").nth(1)).toHaveText(t.rising.new);
    await row.getByRole("link").click();
    await expect(page).toHaveURL(/\/keyword\?q=/);
  });

  test(`keyword_lists_say_how_they_are_ordered (${language})`, async ({ page }) => {
    await respond(page, "large", { count: 1, results: [ROW] });
    await respond(page, "rising", { count: 1, results: [ROW] });
    await open(page, "/large", language);
    await expect(page.locator(".list-note").last()).toHaveText(t.rising.largeOrder);
    await page.goto("/rising");
    await expect(page.locator(".list-note").last()).toHaveText(t.rising.order);
  });

  test(`keywords_of_a_grown_collection_are_marked (${language})`, async ({ page }) => {
    const lists = { count: 1, results: [ROW] };
    const note = page.getByText(t.rising.collectionGrew("631", "276"));
    await respond(page, "large", {
      ...lists,
      active_channels: 631,
      previous_active_channels: 1105,
    });
    await open(page, "/large?days=28", language);
    await expect(note).toBeVisible();
    // Up to 1.25 times their mean.
    await expect(page.locator(".list-head .list-count")).toHaveText(t.rising.count("1"));
    const equal = { active_channels: 5, previous_active_channels: 16 };
    await respond(page, "large", { ...lists, ...equal, count: 200 });
    await page.reload();
    // The API lists at most 200.
    const count = t.ranking.top(t.rising.count("200"));
    await expect(page.locator(".list-head .list-count")).toHaveText(count);
    await expect(note).toHaveCount(0);
  });

  test(`size_and_category_of_keywords_are_in_the_url (${language})`, async ({ page }) => {
    const subscribers = { min: 4000, below: 50_000 };
    await respond(page, "rising", { count: 1, results: [ROW], subscribers });
    await open(page, "/rising?days=14&category=24", language);
    const filters = page.getByRole("region", { name: t.filters.label });
    await filters.getByRole("textbox", { name: t.filters.subscribers }).fill("15000");
    await filters.getByRole("button", { name: t.filters.applySubscribers }).click();
    await expect(page).toHaveURL(/\/rising\?category=24&subscribers=15000&days=14$/);
    await expect(page.getByText(t.plan.categoryNote(t.categories[24]))).toBeVisible();
    await filters.getByRole("combobox", { name: t.filters.category }).selectOption("20");
    await expect(page).toHaveURL(/\/rising\?category=20&subscribers=15000&days=14$/);
    // The keywords of the category are marked.
    const badge = page.locator(".keyword-table .badge-category");
    await expect(badge).toHaveText(t.categories[20]);
    await page.route("**/api/trends/rising/*category=20*", (route) =>
      route.fulfill({ json: { status: "ok", count: 0, results: [] } }),
    );
    await page.reload();
    await expect(page.locator(".keyword-table tbody tr")).toHaveCount(1);
    await expect(badge).toHaveCount(0);
    await page.getByRole("link", { name: t.plan.categoryOnly(t.categories[20]) }).click();
    await expect(page).toHaveURL(/\/rising\?category=20&days=14$/);
    await expect(page.getByText(t.plan.categoryNote(t.categories[20]))).toHaveCount(0);
  });

  test(`unknown_category_in_the_url_shows_all_categories (${language})`, async ({ page }) => {
    await respond(page, "rising", { count: 1, results: [ROW] });
    const request = page.waitForRequest("**/api/trends/rising/*");
    await open(page, "/rising?category=999", language);
    expect(new URL((await request).url()).searchParams.has("category")).toBe(false);
    const category = page.getByRole("combobox", { name: t.filters.category });
    await expect(category.locator("option:checked")).toHaveText(t.filters.allCategories);
  });

  test(`empty_list_with_enough_data_says_that_nothing_rises (${language})`, async ({ page }) => {
    await respond(page, "rising", { count: 0, results: [] });
    await open(page, "/rising", language);
    await expect(page.getByText(t.rising.none)).toBeVisible();
    await expect(page.getByText(t.ranking.insufficient)).toHaveCount(0);
  });

  test(`empty_keyword_lists_say_why (${language})`, async ({ page }) => {
    const empty = { status: "insufficient_data", count: 0, results: [] };
    await respond(page, "rising", empty);
    await respond(page, "large", empty);
    await open(page, "/rising", language);
    await expect(page.getByText(t.rising.insufficient)).toBeVisible();
    await page.getByRole("link", { name: t.rising.large }).click();
    await expect(page).toHaveURL(/\/large$/);
    await expect(page.getByText(t.rising.insufficient)).toBeVisible();
  });
}
