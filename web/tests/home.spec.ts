import { distinctKeywords } from "../src/format/keywords";
import { formatCount, formatNumber, formatRatio } from "../src/format/numbers";
import {
  byValue,
  expectedTrendRows,
  expectedUploadRows,
  getJson,
  markEstimate,
  MERGED,
  waitForChart,
  expect,
  LANGUAGES,
  open,
  tableRows,
  test,
  wordMapKeywords,
} from "./support";

for (const { language, t } of LANGUAGES) {
  test(`home_shows_both_keyword_lists (${language})`, async ({ page, request }) => {
    const lists = await getJson(request, "/api/channel_analyze/", MERGED);
    await open(page, "/", language);
    for (const [index, title] of [t.home.popular, t.home.recent].entries()) {
      const card = page.getByRole("region", { name: title });
      const keywords = lists[index]?.keyword ?? [];
      await expect(card.locator(".keyword-name")).toHaveText(keywords.map(({ name }) => name));
      await expect(card.locator(".keyword-value")).toHaveText(
        keywords.map(({ value }) => t.units.videos(formatNumber(value, language))),
      );
    }
    await expect(page).toHaveTitle(`${t.home.title} · CreateTrend`);
  });

  for (const [index, list, search] of [
    [0, "popular", "인기"],
    [1, "recent", "영상화"],
  ] as const) {
    test(`home_shows_a_selected_keyword_of_the_${list}_list (${language})`, async ({
      page,
      request,
    }) => {
      const lists = await getJson(request, "/api/channel_analyze/", MERGED);
      const keyword = lists[index]?.keyword[2]?.name ?? "";
      const path = "/api/channel_analyze/keyword_data/";
      const response = await getJson(request, path, { search, keyword });
      const data = response.keyword[0];
      if (!data) throw new Error("no data");
      await open(page, "/", language);
      await page
        .locator(`.list-${list}`)
        .getByRole("link", { name: keyword, exact: false })
        .first()
        .click();
      await expect(page).toHaveURL(new RegExp(`list=${list}&keyword=`));
      const selected = page.getByTestId("selected-keyword");
      await expect(selected.locator(".home-selected-name")).toHaveText(keyword);
      const days = list === "popular" ? 7 : 14;
      await expect(selected.getByText(t.wordmap.description(days, 500))).toBeVisible();
      const name = list === "popular" ? t.charts.popularity : t.charts.uploads;
      const rows =
        list === "popular"
          ? await expectedTrendRows(page, list, data.lines.data, { language, t })
          : await expectedUploadRows(request, keyword, { language, t });
      await waitForChart(page);
      expect(await tableRows(page, name)).toEqual(rows);
      expect(await wordMapKeywords(page)).toEqual(
        distinctKeywords(data.wordmap.children, keyword)
          .map((word) => ({ name: word.name, value: word.value }))
          .sort(byValue),
      );
      const videos = selected.locator(".video-row");
      await expect(videos.locator(".video-row-name")).toHaveText(
        data.video.data.map((video) => video.video_name),
      );
      await expect(videos.locator(".meta")).toHaveText(
        data.video.data.map(
          (video) =>
            t.videos.views(formatCount(video.views ?? 0, language)) +
            markEstimate(
              t.videos.ratio(formatRatio(video.popularity ?? 0, language)),
              video.popularity_estimated,
              t,
            ),
        ),
      );
    });
  }
}

test("selected_keyword_is_scrolled_to_on_a_small_screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/");
  const selected = page.locator(".home-selected-name");
  await expect(page.locator(".skeleton")).toHaveCount(0);
  await expect(selected).not.toBeInViewport();
  const keyword = page.locator(".list-recent .keyword").nth(2);
  const name = (await keyword.locator(".keyword-name").textContent()) ?? "";
  await keyword.click();
  await expect(selected).toHaveText(name);
  await expect(selected).toBeInViewport();
});

test("selected_keyword_survives_back_navigation_and_reload", async ({ page, request }) => {
  const lists = await getJson(request, "/api/channel_analyze/", MERGED);
  const names = (lists[1]?.keyword ?? []).map(({ name }) => name);
  await open(page, "/");
  const selected = page.locator(".home-selected-name");
  await page.locator(".list-recent .keyword").nth(3).click();
  await expect(selected).toHaveText(names[3] ?? "");
  await page.locator(".list-recent .keyword").nth(4).click();
  await expect(selected).toHaveText(names[4] ?? "");
  await page.goBack();
  await expect(selected).toHaveText(names[3] ?? "");
  await page.reload();
  await expect(selected).toHaveText(names[3] ?? "");
  await expect(page.locator(".list-recent [aria-current]")).toHaveText(new RegExp(names[3] ?? ""));
});

test("back_navigation_uses_the_http_cache", async ({ page }) => {
  await open(page, "/");
  await expect(page.locator(".home-selected .video-row").first()).toBeVisible();
  await page.locator(".wordmap a").first().click();
  await expect(page).toHaveURL(/\/keyword\?q=/);
  await page.evaluate(() => performance.clearResourceTimings());
  await page.goBack();
  await expect(page.locator(".home-selected .video-row").first()).toBeVisible();
  const responses = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => name.includes("/api/channel_analyze/"))
      .map(({ transferSize, encodedBodySize }) => ({ transferSize, encodedBodySize })),
  );
  expect(responses).toHaveLength(2);
  // No transfer, or only the headers of a 304 response.
  for (const { transferSize, encodedBodySize } of responses) {
    expect(transferSize).toBeLessThan(encodedBodySize);
  }
});

test("word_map_keyword_opens_its_search", async ({ page }) => {
  await open(page, "/");
  const word = page.locator(".wordmap a").nth(1);
  const name = (await word.getAttribute("data-keyword")) ?? "";
  await word.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page).toHaveURL(/\/keyword\?q=/);
});
