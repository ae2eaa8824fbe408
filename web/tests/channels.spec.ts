import { formatCount, formatNumber, formatRatio } from "../src/format/numbers";
import { getJson, expect, markEstimate, LANGUAGES, open, test } from "./support";

/** The API returns 0 for unknown values. */
function known(value: number, format: (value: number) => string): string {
  return value === 0 ? "–" : format(value);
}

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
          known(row.subscriber_num, (n) =>
            markEstimate(t.units.people(formatCount(n, language)), row.subscriber_estimated, t),
          ),
          t.units.videos(formatCount(row.video_counts, language)),
          known(row.max_views_count, (n) => t.units.views(formatCount(n, language))),
          known(row.popularity, (n) =>
            markEstimate(formatRatio(n, language), row.subscriber_estimated, t),
          ),
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

  test(`unknown_channel_figures_are_dashes (${language})`, async ({ page }) => {
    await page.route("**/api/youtuber_search/channel_list/**", async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { results: object[] };
      const unknown = { subscriber_num: 0, max_views_count: 0, popularity: 0, video_counts: 1 };
      const results = body.results.map((row) => ({ ...row, ...unknown }));
      await route.fulfill({ response, json: { ...body, results } });
    });
    await open(page, "/channels", language);
    const facts = page.locator(".channel-card").first().locator(".channel-card-facts b");
    await expect(facts).toHaveText(["–", t.units.videos("1"), "–", "–"]);
  });

  test(`channel_search_matches_part_of_a_name (${language})`, async ({ page, request }) => {
    const { results, count: all } = await getJson(request, LIST, { youtuber_name: "tv" });
    await open(page, "/channels", language);
    await page.getByRole("searchbox").fill("tv");
    await page.locator(".page-search").getByRole("button").click();
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
