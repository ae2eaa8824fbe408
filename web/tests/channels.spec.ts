import { formatCount, formatNumber, formatRatio } from "../src/format/numbers";
import { getJson, expect, LANGUAGES, open, test } from "./support";

const LIST = "/api/youtuber_search/channel_list/";

for (const { language, t } of LANGUAGES) {
  test(`channel_pages_show_the_api_responses (${language})`, async ({ page, request }) => {
    await open(page, "/channels", language);
    for (const number of [1, 2]) {
      const { count: all, results } = await getJson(request, LIST, { page: number });
      const cards = page.locator(".channel-card");
      await expect(cards.locator(".channel-card-name")).toHaveText(
        results.map((row) => row.channel_name ?? ""),
      );
      await expect(cards.locator(".channel-card-facts b")).toHaveText(
        results.flatMap((row) => [
          formatCount(row.subscriber_num, language),
          formatCount(row.video_counts, language),
          formatCount(row.max_views_count, language),
          formatRatio(row.popularity, language),
        ]),
      );
      await expect(page.locator(".list-count")).toHaveText(
        t.channels.count(formatNumber(all, language)),
      );
      await expect(page.locator(".pagination-current")).toHaveText(
        t.pagination.current(number, Math.ceil(all / 10)),
      );
      if (number === 1) await page.getByRole("link", { name: t.pagination.next }).click();
    }
    await expect(page).toHaveURL(/\/channels\?page=2$/);
    await page.reload();
    await expect(page.locator(".pagination-current")).toHaveText(/2/);
  });

  test(`channel_search_matches_part_of_a_name (${language})`, async ({ page, request }) => {
    const { results, count: all } = await getJson(request, LIST, { youtuber_name: "tv" });
    await open(page, "/channels", language);
    await page.getByRole("searchbox").fill("tv");
    await page.getByRole("button", { name: t.search.submit }).click();
    await expect(page.locator(".list-count")).toHaveText(
      t.channels.count(formatNumber(all, language)),
    );
    await expect(page.locator(".channel-card-name")).toHaveText(
      results.map((row) => row.channel_name ?? ""),
    );
  });

  test(`empty_search_and_missing_page_are_reported (${language})`, async ({ page }) => {
    await open(page, "/channels?name=%25%25", language);
    await expect(page.getByText(t.channels.noResults("%%"))).toBeVisible();
    await page.goto("/channels?page=99999");
    await expect(page.getByText(t.channels.pageNotFound)).toBeVisible();
    await page.getByRole("link", { name: t.channels.firstPage }).click();
    await expect(page.locator(".channel-card")).toHaveCount(10);
  });
}
