import { count, exact, percent, times } from "../src/format/numbers";
import {
  ask,
  bySize,
  drawn,
  expect,
  LANGUAGES,
  open,
  tableOf,
  test,
  topKeyword,
  wordMap,
} from "./support";

for (const { language, words } of LANGUAGES) {
  test(`a keyword's page shows what the API says (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const data = await ask(request, "/api/keyword_search/", { search: keyword });
    await open(page, "/keyword", language);
    await page.getByRole("searchbox").fill(keyword);
    await page.getByRole("searchbox").press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);

    const [made, popularity] = data.lines;
    expect(await drawn(page, 0)).toBe(String(popularity?.data.length));
    expect(await drawn(page, 1)).toBe(String(made?.data.length));
    expect(await tableOf(page, words.lines.popularity)).toEqual(
      popularity?.data.map(({ date, value }) => [date, percent(value, language)]).reverse(),
    );
    expect(await tableOf(page, words.lines.made)).toEqual(
      made?.data.map(({ date, value }) => [date, count(value, language)]).reverse(),
    );
    const map = data.wordmap.children.map(({ name, value }) => ({ name, value }));
    expect(await wordMap(page)).toEqual([...map].sort(bySize));

    for (const [place, title] of [
      words.keyword.relatedPopular,
      words.keyword.relatedMade,
    ].entries()) {
      const card = page.getByRole("region", { name: title });
      const list = data.keyword[place]?.keyword ?? [];
      await expect(card.locator(".keyword-name")).toHaveText(list.map(({ name }) => name));
      await expect(card.locator(".keyword-value")).toHaveText(
        list.map(({ value }) => exact(value, language)),
      );
    }

    const views = (value: number | null | undefined) =>
      words.videos.views(count(value ?? 0, language));
    const [growing, popular] = data.video;
    const facts = (title: string) =>
      page.getByRole("region", { name: title }).locator(".video-row-facts");
    await expect(facts(words.keyword.growing)).toHaveText(
      growing.data.map(
        (video) =>
          views(video.views) + words.videos.growth(count(video.views_growth ?? 0, language)),
      ),
    );
    await expect(facts(words.keyword.popular)).toHaveText(
      popular.data.map(
        (video) => views(video.views) + words.videos.ratio(times(video.popularity / 100, language)),
      ),
    );
  });

  test(`a keyword that nothing matches is said to be so (${language})`, async ({ page }) => {
    await open(page, "/keyword?q=없는말없는말", language);
    await expect(page.getByText(words.keyword.nothing("없는말없는말"))).toBeVisible();
  });
}

test("without a search, top keywords are offered", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  await open(page, "/keyword");
  await page.getByRole("link", { name: keyword, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
});

test("a related keyword is searched, and back leads back", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  await open(page, `/keyword?q=${encodeURIComponent(keyword)}`);
  const related = page.locator(".keyword").nth(1);
  const name = (await related.locator(".keyword-name").textContent()) ?? "";
  await related.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
});
