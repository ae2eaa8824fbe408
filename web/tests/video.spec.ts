import { count, times } from "../src/format/numbers";
import { ask, drawn, expect, LANGUAGES, open, tableOf, test, topKeyword } from "./support";

for (const { language, words } of LANGUAGES) {
  test(`a video's page shows what the API says (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const found = await ask(request, "/api/keyword_search/", { search: keyword });
    const idx = found.video[0].data[0]?.idx ?? 0;
    const { video, lines, channel } = await ask(request, "/api/video_detail/{idx}/", { idx });
    await open(page, `/keyword?q=${encodeURIComponent(keyword)}`, language);
    await page.locator(`[data-video="${idx}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`/videos/${idx}$`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(video.video.video_name);

    const views = page.locator(`[data-figure="${words.video.views}"]`);
    await expect(views.locator(".figure-value")).toHaveText(
      count(video.video_views ?? 0, language),
    );
    await expect(views.getByTestId("average")).toHaveText(
      count(video.avg_videoviews ?? 0, language),
    );
    const popularity = page.locator(`[data-figure="${words.video.popularity}"]`);
    await expect(popularity.locator(".figure-value")).toHaveText(
      times(video.video_popularity ?? 0, language),
    );
    await expect(popularity.getByTestId("average")).toHaveText(
      times(video.avg_popularity ?? 0, language),
    );
    await expect(page.getByTestId("likes").locator(".figure-value")).toHaveText(
      count(video.video.videolikes[0]?.likes ?? 0, language),
    );
    expect(await drawn(page)).toBe(String(lines.data.length));
    expect(await tableOf(page, words.lines.views)).toEqual(
      lines.data.map(({ date, value }) => [date, count(value, language)]).reverse(),
    );
    await expect(page.locator(".chip")).toHaveText(
      video.video.videokeywordnew.map((tag) => tag.keyword),
    );
    await expect(page.locator(".video-channel b")).toHaveText(channel.channel_name ?? "");
    const picture = page.locator(".picture-large img");
    await expect(picture).toHaveAttribute("src", video.video.thumbnail_url ?? "");
    await expect
      .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(320);
  });

  test(`a video that is not there is said not to be (${language})`, async ({ page }) => {
    await open(page, "/videos/99999999", language);
    await expect(page.getByText(words.video.notFound).first()).toBeVisible();
  });
}

test("a picture that does not come leaves a quiet shape", async ({ page }) => {
  await page.route("**/demo/thumbnails/**", (route) => route.abort());
  await open(page, "/videos/1");
  await expect(page.locator(".picture-large[data-missing]")).toBeVisible();
  await expect(page.locator(".picture-large img")).toHaveCount(0);
});

test("a keyword of a video is searched, its channel is found", async ({ page, request }) => {
  const { video, channel } = await ask(request, "/api/video_detail/{idx}/", { idx: 1 });
  await open(page, "/videos/1");
  await page.locator(".video-channel").click();
  await expect(page.locator(".channel-card-name").first()).toHaveText(channel.channel_name ?? "");
  await page.goBack();
  await page.locator(".chip").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    video.video.videokeywordnew[0]?.keyword ?? "",
  );
});
