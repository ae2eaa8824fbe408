import { formatCount, formatRatio } from "../src/format/numbers";
import {
  getJson,
  renderedPoints,
  expect,
  LANGUAGES,
  open,
  tableRows,
  test,
  topKeyword,
} from "./support";

for (const { language, t } of LANGUAGES) {
  test(`video_page_shows_the_api_response (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const found = await getJson(request, "/api/keyword_search/", { search: keyword });
    const idx = found.video[0].data[0]?.idx ?? 0;
    const { video, lines, channel } = await getJson(request, "/api/video_detail/{idx}/", { idx });
    await open(page, `/keyword?q=${encodeURIComponent(keyword)}`, language);
    await page.locator(`[data-video="${idx}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`/videos/${idx}$`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(video.video.video_name);

    const views = page.locator(`[data-figure="${t.video.views}"]`);
    await expect(views.locator(".figure-value")).toHaveText(
      formatCount(video.video_views ?? 0, language),
    );
    await expect(views.getByTestId("average")).toHaveText(
      formatCount(video.avg_videoviews ?? 0, language),
    );
    const popularity = page.locator(`[data-figure="${t.video.popularity}"]`);
    await expect(popularity.locator(".figure-value")).toHaveText(
      formatRatio(video.video_popularity ?? 0, language),
    );
    await expect(popularity.getByTestId("average")).toHaveText(
      formatRatio(video.avg_popularity ?? 0, language),
    );
    await expect(page.getByTestId("likes").locator(".figure-value")).toHaveText(
      formatCount(video.video.videolikes[0]?.likes ?? 0, language),
    );
    expect(await renderedPoints(page)).toBe(String(lines.data.length));
    expect(await tableRows(page, t.charts.views)).toEqual(
      lines.data.map(({ date, value }) => [date, formatCount(value, language)]).reverse(),
    );
    await expect(page.locator(".chip")).toHaveText(
      video.video.videokeywordnew.map((tag) => tag.keyword),
    );
    await expect(page.locator(".video-channel b")).toHaveText(channel.channel_name ?? "");
    const thumbnail = page.locator(".video-thumbnail-large img");
    await expect(thumbnail).toHaveAttribute("src", video.video.thumbnail_url ?? "");
    await expect
      .poll(() => thumbnail.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(320);
  });

  test(`missing_video_is_reported (${language})`, async ({ page }) => {
    await open(page, "/videos/99999999", language);
    await expect(page.getByText(t.video.notFound).first()).toBeVisible();
  });
}

test("thumbnail_that_fails_to_load_shows_a_placeholder", async ({ page }) => {
  await page.route("**/demo/thumbnails/**", (route) => route.abort());
  await open(page, "/videos/1");
  await expect(page.locator(".video-thumbnail-large[data-placeholder]")).toBeVisible();
  await expect(page.locator(".video-thumbnail-large img")).toHaveCount(0);
});

test("video_links_to_its_keywords_and_channel", async ({ page, request }) => {
  const { video, channel } = await getJson(request, "/api/video_detail/{idx}/", { idx: 1 });
  await open(page, "/videos/1");
  await page.locator(".video-channel").click();
  await expect(page.locator(".channel-card-name").first()).toHaveText(channel.channel_name ?? "");
  await page.goBack();
  await page.locator(".chip").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    video.video.videokeywordnew[0]?.keyword ?? "",
  );
});
