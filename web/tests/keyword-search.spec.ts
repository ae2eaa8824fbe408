import { addDays, today } from "../src/format/dates";
import { waitForChart, expect, LANGUAGES, open, tableRows, test, topKeyword } from "./support";

/** Searches that find nothing, or not what was typed. */
for (const { language, t } of LANGUAGES) {
  test(`hashtag_in_the_url_finds_its_keyword (${language})`, async ({ page }) => {
    await open(page, "/keyword?q=%23먹방", language);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("먹방");
    await expect(page.getByTestId("score")).toBeVisible();
    await expect(page.getByRole("link", { name: t.keyword.planVideo })).toBeVisible();
    await page.goto("/keyword?q=쀍쀍뷁");
    await expect(page.getByText(t.keyword.noResults("쀍쀍뷁"))).toBeVisible();
    await expect(page.getByRole("link", { name: t.keyword.planVideo })).toHaveCount(0);
    await expect(page.getByRole("button", { name: t.watchlist.watch })).toHaveCount(0);
  });

  test(`search_without_results_is_reported (${language})`, async ({ page }) => {
    await open(page, "/keyword?q=없는말없는말", language);
    await expect(page.getByText(t.keyword.noResults("없는말없는말"))).toBeVisible();
    await page.getByRole("link", { name: t.channels.findByName("없는말없는말") }).click();
    await expect(page.getByText(t.channels.noResults("없는말없는말"))).toBeVisible();
    await page.getByRole("link", { name: t.channel.back }).click();
    await expect(page.locator(".channel-card")).toHaveCount(10);
  });

  test(`search_without_results_offers_close_keywords (${language})`, async ({ page }) => {
    await open(page, "/keyword?q=먹빵", language);
    await expect(page.getByText(t.keyword.didYouMean)).toBeVisible();
    await page.getByRole("link", { name: "먹방", exact: true }).first().click();
    await expect(page).toHaveURL(/q=%EB%A8%B9%EB%B0%A9/);
  });

  test(`search_without_results_offers_its_words_and_top_keywords (${language})`, async ({
    page,
    request,
  }) => {
    const keyword = await topKeyword(request);
    await open(page, `/keyword?q=${encodeURIComponent(`${keyword} 없는말없는말`)}`, language);
    const words = page.getByRole("list", { name: t.keyword.words }).getByRole("link");
    await expect(words).toHaveText([keyword, "없는말없는말"]);
    const top = page.getByRole("list", { name: t.keyword.trending });
    await expect(top.getByRole("link", { name: keyword, exact: true })).toBeVisible();
    await words.first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
  });

  test(`settings_of_youtube_are_no_keywords_and_not_requested (${language})`, async ({ page }) => {
    const requests: string[] = [];
    await page.route(/\/api\/(keyword|videos)/, (route) => {
      requests.push(route.request().url());
      return route.continue();
    });
    await open(page, "/keyword?q=YT:stretch=16:9", language);
    await expect(page.getByText(t.keyword.settingDescription)).toBeVisible();
    await expect(page.getByRole("list", { name: t.keyword.trending })).toBeVisible();
    expect(requests).toEqual([]);
  });

  test(`search_of_another_spelling_shows_the_keyword (${language})`, async ({ page }) => {
    await open(page, "/keyword", language);
    await page.goto("/keyword?q=b t s&subscribers=15000");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^bts$/i);
    await expect(page).toHaveURL(/\/keyword\?q=bts&subscribers=15000$/i);
    await expect(page.locator(".stats")).toHaveCount(2);
    await page.goBack();
    await expect(page.getByText(t.keyword.start)).toBeVisible();
  });

  test(`keyword_that_is_only_part_of_longer_ones_shows_these (${language})`, async ({ page }) => {
    const days = Array.from({ length: 28 }, (_, day) => addDays(today(), day - 27));
    let videos = 0;
    await page.route("**/api/keywords/history/*", (route) =>
      route.fulfill({
        json: {
          keywords: [
            { keyword: "겨울", points: days.map((date) => ({ date, videos, is_complete: true })) },
          ],
        },
      }),
    );
    await page.route("**/api/keyword_search/*", (route) =>
      route.fulfill({
        json: {
          video: [{ data: [] }, { data: [] }],
          wordmap: { children: [{ name: "패션", value: 3 }] },
          lines: [{ data: [{ date: today(), value: 4 }] }, { data: [{ date: today(), value: 9 }] }],
          keyword: [{ keyword: [{ name: "겨울 코디", value: 3 }] }, { keyword: [] }],
        },
      }),
    );
    await open(page, "/keyword?q=겨울&subscribers=15000", language);
    await expect(page.getByText(t.longer.description("겨울"))).toBeVisible();
    const chips = page.getByRole("list", { name: t.longer.keywords }).getByRole("link");
    await expect(chips).toHaveText(["겨울 코디"]);
    const words = page.getByRole("group", { name: t.wordmap.title }).getByRole("link");
    for (const keyword of [chips, words]) {
      await expect(keyword).toHaveAttribute("href", /&subscribers=15000$/);
    }
    await expect(page.locator(".stat")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: t.score.title })).toHaveCount(0);
    const uploads = page.getByRole("region", { name: t.charts.uploads, exact: true });
    await expect(uploads).toContainText(t.longer.uploadsDescription("겨울"));
    await waitForChart(page);
    const rows = await tableRows(page, t.charts.uploads);
    expect(rows[0]).toEqual([today(), t.units.videos("4")]);
    videos = 1;
    await page.reload();
    await expect(page.locator(".stat")).toHaveCount(4);
    await expect(page.getByText(t.longer.description("겨울"))).toHaveCount(0);
  });
}
