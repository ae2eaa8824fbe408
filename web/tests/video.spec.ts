import { latestOfDay } from "../src/charts/series";
import { daysBetween, formatDate, today } from "../src/format/dates";
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

/** The properties of a video of which nothing is known. */
const UNKNOWN = { channel_idx: null, upload_time: null, length: "unknown", category: null };

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
    await expect(
      page.locator(`[data-figure="${t.video.likes}"]`).locator(".figure-value"),
    ).toHaveText(t.units.items(formatCount(video.video.videolikes[0]?.likes ?? 0, language)));
    const tags = video.video.videokeywordnew.map(({ keyword: name }) => ({ name }));
    await expect(page.locator(".chip")).toHaveText(distinctKeywords(tags).map(({ name }) => name));
    await expect(page.locator(".video-channel b")).toHaveText(channel.channel_name ?? "");
    const thumbnail = page.locator(".video-thumbnail-large img");
    await expect(thumbnail).toHaveAttribute("src", video.video.thumbnail_url ?? "");
    await expect
      .poll(() => thumbnail.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(320);
  });

  test(`figures_of_a_video_are_not_compared_with_other_channels (${language})`, async ({
    page,
    request,
  }) => {
    const { lines } = await getJson(request, VIDEO, { idx: 5 });
    const last = lines.data.at(-1);
    if (!last) throw new Error("no observations");
    await open(page, "/videos/5", language);
    const note = page.locator(`[data-figure="${t.video.views}"] .figure-note`);
    await expect(note).toHaveText(t.video.observed(formatDate(last.date, language)));
    await expect(page.locator(`[data-figure="${t.video.popularity}"] .figure-note`)).toHaveCount(0);
    await expect(page.getByTestId("outlier")).toBeVisible();
    await expect(page.locator(".figures .figure-bars")).toHaveCount(0);
    await waitForChart(page);
    expect(await tableRows(page, t.charts.views)).toEqual(
      latestOfDay(lines.data)
        .map(({ date, value }) => [date, t.units.views(formatCount(value ?? 0, language))])
        .reverse(),
    );
  });

  test(`forecast_names_the_age_of_the_views_that_it_is_made_of (${language})`, async ({ page }) => {
    const day = { day: 31, low: 1000, value: 2000, high: 3000 };
    const respond = (age_days: number) =>
      page.route("**/api/videos/5/forecast/", (route) =>
        route.fulfill({ json: { forecast: { age_days, views: 500, day_31: day, days: [day] } } }),
      );
    const note = page.getByTestId("early-forecast").locator(".figure-note");
    for (const age of [0.04, 3.2]) {
      await respond(age);
      await open(page, "/videos/5", language);
      const limits = [day.low, day.high].map((views) => formatCount(views, language)) as [
        string,
        string,
      ];
      await expect(note).toHaveText(t.video.forecastInterval(age, ...limits));
    }
    await expect(note).toContainText(language === "ko" ? "업로드 3일 후" : "3 days after upload");
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
    await page.route("**/api/videos/*/outlier/", (route) =>
      route.fulfill({ json: { video: UNKNOWN, ages: [] } }),
    );
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
  const outlier = "**/api/videos/1/outlier/";
  const link = page.locator(".video-channel");
  await expect(link).toHaveAttribute("href", /^\/channels\/\d+$/);
  await page.route(outlier, (route) => route.fulfill({ json: { video: UNKNOWN, ages: [] } }));
  await page.reload();
  await expect(link).toHaveAttribute("href", /^\/channels\?name=/);
  await page.unrouteAll();
  await page.reload();
  await expect(link).toHaveAttribute("href", /^\/channels\/\d+$/);
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(channel.channel_name ?? "");
  await page.goBack();
  await page.locator(".chip").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    video.video.videokeywordnew[0]?.keyword ?? "",
  );
});

test("simulated_videos_have_no_link_to_youtube", async ({ page, request }) => {
  const detail = await getJson(request, VIDEO, { idx: 1 });
  detail.video.video.video_id = "uq5LClQN3cE";
  await page.route("**/api/video_detail/1/", (route) => route.fulfill({ json: detail }));
  const freshness = await getJson(request, "/api/status/freshness/");
  let isSimulated = false;
  await page.route("**/api/status/freshness/", (route) =>
    route.fulfill({ json: { ...freshness, is_simulated: isSimulated } }),
  );
  await open(page, "/videos/1");
  const link = page.locator('a[href^="https://www.youtube.com/watch"]');
  await expect(link).toHaveAttribute("href", /v=uq5LClQN3cE$/);
  isSimulated = true;
  await page.reload();
  await expect(page.locator(".badge-warning").first()).toBeVisible();
  await expect(link).toHaveCount(0);
});
