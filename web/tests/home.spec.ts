import { count, exact, percent, times } from "../src/format/numbers";
import { ask, drawn, expect, LANGUAGES, open, tableOf, test, wordMap } from "./support";

for (const { language, words } of LANGUAGES) {
  test(`home shows both lists as the API gives them (${language})`, async ({ page, request }) => {
    const lists = await ask(request, "/api/channel_analyze/");
    await open(page, "/", language);
    for (const [place, title] of [words.home.popular, words.home.made].entries()) {
      const card = page.getByRole("region", { name: title });
      await expect(card.locator(".keyword-name")).toHaveText(
        lists[place]?.keyword.map(({ name }) => name) ?? [],
      );
      await expect(card.locator(".keyword-value")).toHaveText(
        lists[place]?.keyword.map(({ value }) => exact(value, language)) ?? [],
      );
    }
    await expect(page).toHaveTitle(`${words.home.title} · CreateTrend`);
  });

  for (const [place, list, search] of [
    [0, "popular", "인기"],
    [1, "made", "영상화"],
  ] as const) {
    test(`home shows what surrounds a keyword of the list ${list} (${language})`, async ({
      page,
      request,
    }) => {
      const lists = await ask(request, "/api/channel_analyze/");
      const keyword = lists[place]?.keyword[2]?.name ?? "";
      const path = "/api/channel_analyze/keyword_data/";
      const answer = await ask(request, path, { search, keyword });
      const data = answer.keyword[0];
      if (!data) throw new Error("no data");
      await open(page, "/", language);
      await page
        .locator(`.list-${list}`)
        .getByRole("link", { name: keyword, exact: false })
        .first()
        .click();
      await expect(page).toHaveURL(new RegExp(`list=${list}&keyword=`));
      const chosen = page.getByTestId("chosen");
      await expect(chosen.locator(".home-chosen-name")).toHaveText(keyword);
      expect(await drawn(page)).toBe(String(data.lines.data.length));
      const value = list === "popular" ? percent : count;
      const name = list === "popular" ? words.lines.popularity : words.lines.made;
      expect(await tableOf(page, name)).toEqual(
        data.lines.data.map((point) => [point.date, value(point.value, language)]).reverse(),
      );
      expect(await wordMap(page)).toEqual(
        data.wordmap.children.map((word) => ({ name: word.name, value: word.value })),
      );
      const videos = chosen.locator(".video-row");
      await expect(videos.locator(".video-row-name")).toHaveText(
        data.video.data.map((video) => video.video_name),
      );
      await expect(videos.locator(".video-row-facts")).toHaveText(
        data.video.data.map(
          (video) =>
            words.videos.views(count(video.views ?? 0, language)) +
            words.videos.ratio(times(video.popularity ?? 0, language)),
        ),
      );
    });
  }
}

test("the chosen keyword is in the address: back and reload work", async ({ page, request }) => {
  const lists = await ask(request, "/api/channel_analyze/");
  const names = lists[1]?.keyword.map((one) => one.name) ?? [];
  await open(page, "/");
  const chosen = page.locator(".home-chosen-name");
  await page.locator(".list-made .keyword").nth(3).click();
  await expect(chosen).toHaveText(names[3] ?? "");
  await page.locator(".list-made .keyword").nth(4).click();
  await expect(chosen).toHaveText(names[4] ?? "");
  await page.goBack();
  await expect(chosen).toHaveText(names[3] ?? "");
  await page.reload();
  await expect(chosen).toHaveText(names[3] ?? "");
  await expect(page.locator(".list-made [aria-current]")).toHaveText(new RegExp(names[3] ?? ""));
});

test("a keyword of the word map is searched", async ({ page }) => {
  await open(page, "/");
  const word = page.locator(".wordmap a").nth(1);
  const name = (await word.getAttribute("data-word")) ?? "";
  await word.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page).toHaveURL(/\/keyword\?q=/);
});
