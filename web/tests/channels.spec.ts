import { count, exact, times } from "../src/format/numbers";
import { ask, expect, LANGUAGES, open, test } from "./support";

const LIST = "/api/youtuber_search/channel_list/";

for (const { language, words } of LANGUAGES) {
  test(`channels are listed as the API gives them, page by page (${language})`, async ({
    page,
    request,
  }) => {
    await open(page, "/channels", language);
    for (const number of [1, 2]) {
      const { count: all, results } = await ask(request, LIST, { page: number });
      const cards = page.locator(".channel-card");
      await expect(cards.locator(".channel-card-name")).toHaveText(
        results.map((row) => row.channel_name ?? ""),
      );
      await expect(cards.locator(".channel-card-facts b")).toHaveText(
        results.flatMap((row) => [
          count(row.subscriber_num, language),
          count(row.video_counts, language),
          count(row.max_views_count, language),
          times(row.popularity, language),
        ]),
      );
      await expect(page.locator(".list-count")).toHaveText(
        words.channels.found(exact(all, language)),
      );
      await expect(page.locator(".pager-place")).toHaveText(
        words.pages.place(number, Math.ceil(all / 10)),
      );
      if (number === 1) await page.getByRole("link", { name: words.pages.next }).click();
    }
    await expect(page).toHaveURL(/\/channels\?page=2$/);
    await page.reload();
    await expect(page.locator(".pager-place")).toHaveText(/2/);
  });

  test(`channels are found by a part of their name (${language})`, async ({ page, request }) => {
    const { results, count: all } = await ask(request, LIST, { youtuber_name: "tv" });
    await open(page, "/channels", language);
    await page.getByRole("searchbox").fill("tv");
    await page.getByRole("button", { name: words.search.submit }).click();
    await expect(page.locator(".list-count")).toHaveText(
      words.channels.found(exact(all, language)),
    );
    await expect(page.locator(".channel-card-name")).toHaveText(
      results.map((row) => row.channel_name ?? ""),
    );
  });

  test(`no channel of this name, no such page (${language})`, async ({ page }) => {
    await open(page, "/channels?name=%25%25", language);
    await expect(page.getByText(words.channels.nothing("%%"))).toBeVisible();
    await page.goto("/channels?page=99999");
    await expect(page.getByText(words.channels.noPage)).toBeVisible();
    await page.getByRole("link", { name: words.channels.first }).click();
    await expect(page.locator(".channel-card")).toHaveCount(10);
  });
}
