import { addDays, daysBetween, formatDate, today } from "../src/format/dates";
import { distinctKeywords } from "../src/format/keywords";
import { formatCount, formatRatio } from "../src/format/numbers";
import {
  getJson,
  markEstimate,
  waitForChart,
  expect,
  LANGUAGES,
  open,
  tableRows,
  test,
  topKeyword,
} from "./support";

const VIDEO = "/api/video_detail/{idx}/";

for (const { language, t } of LANGUAGES) {
  test(`video_page_shows_the_api_response (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const found = await getJson(request, "/api/keyword_search/", { search: keyword });
    const idx = found.video[0].data[0]?.idx ?? 0;
    const { video, channel } = await getJson(request, VIDEO, { idx });
    await open(page, `/keyword?q=${encodeURIComponent(keyword)}`, language);
    await page.locator(`a[data-video="${idx}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`/videos/${idx}$`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(video.video.video_name);

    const views = page.locator(`[data-figure="${t.video.views}"]`);
    await expect(views.locator(".figure-value")).toHaveText(
      t.units.views(formatCount(video.video_views ?? 0, language)),
    );
    const popularity = page.locator(`[data-figure="${t.video.popularity}"]`);
    const ratio = formatRatio(video.video_popularity ?? 0, language);
    await expect(popularity.locator(".figure-value")).toHaveText(
      markEstimate(ratio, video.popularity_estimated, t),
    );
    await expect(page.getByTestId("likes").locator(".figure-value")).toHaveText(
      t.units.items(formatCount(video.video.videolikes[0]?.likes ?? 0, language)),
    );
    const tags = video.video.videokeywordnew.map(({ keyword: name }) => ({ name }));
    await expect(page.locator(".chip")).toHaveText(distinctKeywords(tags).map(({ name }) => name));
    await expect(page.locator(".video-channel b")).toHaveText(channel.channel_name ?? "");
    const thumbnail = page.locator(".video-thumbnail-large img");
    await expect(thumbnail).toHaveAttribute("src", video.video.thumbnail_url ?? "");
    await expect
      .poll(() => thumbnail.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(320);
  });

  test(`video_observed_for_a_week_is_compared_with_the_average (${language})`, async ({
    page,
    request,
  }) => {
    const { video, lines } = await getJson(request, VIDEO, { idx: 5 });
    const [first] = lines.data;
    if (!first) throw new Error("no observations");
    const observedFor = async (days: number) => {
      const moved = lines.data.map((point, index) => ({
        ...point,
        date: addDays(today(), index - days),
      }));
      await page.route("**/api/video_detail/5/", async (route) => {
        const response = await route.fetch();
        const body = (await response.json()) as Record<string, unknown>;
        await route.fulfill({ response, json: { ...body, lines: { data: moved } } });
      });
      await open(page, "/videos/5", language);
    };
    const views = page.locator(`[data-figure="${t.video.views}"]`);
    await observedFor(6);
    await expect(views.locator(".figure-note")).toHaveText(t.video.tooYoung);
    await page.unrouteAll();
    await observedFor(7);
    await expect(views.getByTestId("average")).toHaveText(
      t.units.views(formatCount(video.avg_videoviews ?? 0, language)),
    );
    await waitForChart(page);
    expect(await tableRows(page, t.charts.views)).toEqual(
      lines.data
        .map(({ value }, index) => [
          addDays(today(), index - 7),
          t.units.views(formatCount(value, language)),
        ])
        .reverse(),
    );
  });

  test(`video_with_one_observation_has_a_sentence_instead_of_a_chart (${language})`, async ({
    page,
    request,
  }) => {
    const { lines } = await getJson(request, VIDEO, { idx: 5 });
    const point = { date: "2026-11-25", value: lines.data[0]?.value ?? 0 };
    await page.route("**/api/video_detail/5/", async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as Record<string, unknown>;
      await route.fulfill({ response, json: { ...body, lines: { data: [point] } } });
    });
    await open(page, "/videos/5", language);
    const date = formatDate("2026-11-25", language);
    const value = t.units.views(formatCount(point.value, language));
    await expect(page.getByText(t.charts.single(date, value))).toBeVisible();
    await expect(page.locator(".chart-canvas")).toHaveCount(0);
  });

  test(`missing_video_is_reported (${language})`, async ({ page }) => {
    await open(page, "/videos/99999999", language);
    await expect(page.getByText(t.video.notFound).first()).toBeVisible();
  });

  test(`video_is_compared_with_earlier_videos_of_its_channel (${language})`, async ({
    page,
    request,
  }) => {
    const { results } = await getJson(request, "/api/videos/outliers/", { days: 90 });
    const [video] = results;
    if (!video) throw new Error("no outliers: the tests need the demo data");
    await open(page, `/videos/${video.idx}`, language);
    const uploaded = formatDate(video.upload_time, language);
    const age = daysBetween(video.upload_time, today());
    await expect(page.locator(".page-description")).toContainText(
      t.ranking.uploaded(uploaded, age),
    );
    const name = t.categories[video.category as keyof typeof t.categories];
    await expect(page.locator(".page-description")).toContainText(name);
    const figure = page.getByTestId("outlier");
    await expect(figure.locator(".figure-value")).toHaveText(
      t.ranking.usual(formatRatio(video.ratio, language)),
    );
    await expect(figure).toContainText(
      video.is_small_sample ? t.ranking.smallSample(video.sample) : t.ranking.sample(video.sample),
    );
    await page.route("**/api/videos/*/outlier/", (route) => route.fulfill({ json: { ages: [] } }));
    await page.reload();
    await expect(figure).toContainText(t.outlier.insufficient);
  });
}

test("thumbnail_that_fails_to_load_shows_a_placeholder", async ({ page }) => {
  await page.route("**/demo/thumbnails/**", (route) => route.abort());
  await open(page, "/videos/1");
  await expect(page.locator(".video-thumbnail-large[data-placeholder]")).toBeVisible();
  await expect(page.locator(".video-thumbnail-large img")).toHaveCount(0);
});

test("video_links_to_its_keywords_and_channel", async ({ page, request }) => {
  const { video, channel } = await getJson(request, VIDEO, { idx: 1 });
  await open(page, "/videos/1");
  await page.locator(".video-channel").click();
  await expect(page.locator(".channel-card-name").first()).toHaveText(channel.channel_name ?? "");
  await page.goBack();
  await page.locator(".chip").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    video.video.videokeywordnew[0]?.keyword ?? "",
  );
});
