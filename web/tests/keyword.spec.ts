import { formatCount, formatNumber, formatPercent, formatRatio } from "../src/format/numbers";
import {
  getJson,
  byValue,
  renderedPoints,
  expect,
  LANGUAGES,
  open,
  tableRows,
  test,
  topKeyword,
  wordMapKeywords,
} from "./support";

for (const { language, t } of LANGUAGES) {
  test(`keyword_page_shows_the_api_response (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const data = await getJson(request, "/api/keyword_search/", { search: keyword });
    await open(page, "/keyword", language);
    await page.getByRole("searchbox").fill(keyword);
    await page.getByRole("searchbox").press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);

    const [made, popularity] = data.lines;
    expect(await renderedPoints(page, 0)).toBe(String(popularity?.data.length));
    expect(await renderedPoints(page, 1)).toBe(String(made?.data.length));
    expect(await tableRows(page, t.charts.popularity)).toEqual(
      popularity?.data.map(({ date, value }) => [date, formatPercent(value, language)]).reverse(),
    );
    expect(await tableRows(page, t.charts.made)).toEqual(
      made?.data.map(({ date, value }) => [date, formatCount(value, language)]).reverse(),
    );
    const map = data.wordmap.children.map(({ name, value }) => ({ name, value }));
    expect(await wordMapKeywords(page)).toEqual([...map].sort(byValue));

    for (const [index, title] of [t.keyword.relatedPopular, t.keyword.relatedMade].entries()) {
      const card = page.getByRole("region", { name: title });
      const list = data.keyword[index]?.keyword ?? [];
      await expect(card.locator(".keyword-name")).toHaveText(list.map(({ name }) => name));
      await expect(card.locator(".keyword-value")).toHaveText(
        list.map(({ value }) => formatNumber(value, language)),
      );
    }

    const views = (value: number | null | undefined) =>
      t.videos.views(formatCount(value ?? 0, language));
    const [growing, popular] = data.video;
    const facts = (title: string) =>
      page.getByRole("region", { name: title }).locator(".video-row-facts");
    await expect(facts(t.keyword.growing)).toHaveText(
      growing.data.map(
        (video) =>
          views(video.views) + t.videos.growth(formatCount(video.views_growth ?? 0, language)),
      ),
    );
    await expect(facts(t.keyword.popular)).toHaveText(
      popular.data.map(
        (video) =>
          views(video.views) + t.videos.ratio(formatRatio(video.popularity / 100, language)),
      ),
    );
  });

  test(`search_without_results_is_reported (${language})`, async ({ page }) => {
    await open(page, "/keyword?q=없는말없는말", language);
    await expect(page.getByText(t.keyword.noResults("없는말없는말"))).toBeVisible();
  });
}

test("keyword_page_without_a_search_suggests_top_keywords", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  await open(page, "/keyword");
  await page.getByRole("link", { name: keyword, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
});

test("related_keyword_opens_its_search_and_back_returns", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  await open(page, `/keyword?q=${encodeURIComponent(keyword)}`);
  const related = page.locator(".keyword").nth(1);
  const name = (await related.locator(".keyword-name").textContent()) ?? "";
  await related.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
});
