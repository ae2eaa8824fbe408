import { distinctKeywords } from "../src/format/keywords";
import { formatCount, formatNumber, formatRatio } from "../src/format/numbers";
import { ko } from "../src/i18n/ko";
import {
  byValue,
  expectedTrendRows,
  expectedUploadRows,
  getJson,
  markEstimate,
  waitForChart,
  expect,
  LANGUAGES,
  open,
  tableRows,
  test,
  topKeyword,
  UNAVAILABLE,
  wordMapKeywords,
} from "./support";

for (const { language, t } of LANGUAGES) {
  test(`keyword_page_shows_the_api_response (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const data = await getJson(request, "/api/keyword_search/", { search: keyword });
    await open(page, "/keyword", language);
    await page.getByRole("search").getByRole("combobox").fill(keyword);
    await page.getByRole("search").getByRole("combobox").press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);

    const points = data.lines[1]?.data ?? [];
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await waitForChart(page);
    expect(await tableRows(page, t.charts.popularity)).toEqual(
      await expectedTrendRows(page, "popular", points, { language, t }),
    );
    await waitForChart(page, 1);
    const uploads = await tableRows(page, t.history.title);
    const expected = await expectedUploadRows(request, keyword, { language, t });
    expect(uploads.slice(0, expected.length)).toEqual(expected);
    const map = distinctKeywords(data.wordmap.children, keyword);
    expect(await wordMapKeywords(page)).toEqual(
      map.map(({ name, value }) => ({ name, value })).sort(byValue),
    );

    const card = page.getByRole("region", { name: t.keyword.relatedPopular });
    const list = distinctKeywords(data.keyword[0]?.keyword ?? [], keyword).slice(0, 5);
    await expect(card.locator(".keyword-name")).toHaveText(list.map(({ name }) => name));
    await expect(card.locator(".keyword-value")).toHaveText(
      list.map(({ value }) => t.units.videos(formatNumber(value, language))),
    );

    const views = (value: number | null | undefined) =>
      t.videos.views(formatCount(value ?? 0, language));
    const [growing, popular] = data.video;
    const facts = (title: string) => page.getByRole("region", { name: title }).locator(".meta");
    await expect(facts(t.keyword.growing)).toHaveText(
      growing.data.map(
        (video) =>
          views(video.views) + t.videos.growth(formatCount(video.views_growth ?? 0, language)),
      ),
    );
    await expect(facts(t.keyword.popular)).toHaveText(
      popular.data.map(
        (video) =>
          views(video.views) +
          markEstimate(
            t.videos.ratio(formatRatio(video.popularity / 100, language)),
            video.popularity_estimated,
            t,
          ),
      ),
    );
  });

  test(`keyword_opened_with_a_size_shows_the_figures_of_that_size (${language})`, async ({
    page,
  }) => {
    const row = {
      keyword: "먹 방",
      videos: 10,
      channels: 9,
      previous_channels: 0,
      views_per_video: 7201,
      rate_ratio: 10.5,
    };
    const sent: string[] = [];
    let list = "rising";
    await page.route(/\/api\/trends\/(rising|large)\/.*subscribers/, (route) => {
      const { pathname, search } = new URL(route.request().url());
      sent.push(pathname + search);
      const results = pathname.includes(list) ? [row] : [];
      return route.fulfill({ json: { results, subscribers: { min: 3000, below: 30_000 } } });
    });
    await open(page, "/keyword?q=먹방&subscribers=15000&category=26&window=28", language);
    const size = t.stats.size(formatCount(3000, language), formatCount(30_000, language));
    const strip = page.locator(".stats").first();
    await expect(strip).toHaveAttribute("aria-label", `${size} · ${t.period.lastDays(28)}`);
    const values = [
      t.rising.channelCount("9"),
      t.units.videos("10"),
      t.units.views(formatCount(7201, language)),
      t.rising.new,
    ];
    await expect(strip.locator(".stat-value")).toHaveText(values);
    await expect(page.getByRole("heading", { name: t.stats.allChannels })).toBeVisible();
    expect(sent).toEqual(["/api/trends/rising/?days=28&subscribers=15000"]);
    list = "large";
    await page.reload();
    await expect(strip.locator(".stat-value")).toHaveText(values);
    list = "none";
    await page.reload();
    await expect(page.getByText(t.stats.notListed)).toBeVisible();
    await page.goto("/keyword?q=먹방");
    await expect(page.locator(".stats")).toHaveCount(1);
    await expect(page.getByRole("heading", { name: t.stats.allChannels })).toHaveCount(0);
  });

  test(`unavailable_figures_of_a_keyword_are_reported (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const paths = /\/api\/(keywords\/(score|history|outliers)|videos\/best_times)\//;
    await page.route(paths, (route) => route.fulfill(UNAVAILABLE));
    await open(page, `/keyword?q=${encodeURIComponent(keyword)}`, language);
    const bestTimes = `${t.bestTimes.title}: ${keyword}`;
    for (const title of [t.stats.lastWeek, t.score.title, t.ranking.keywordOutliers, bestTimes]) {
      const card = page.getByRole("region", { name: title, exact: true });
      await expect(card).toContainText(t.states.unavailable);
      await expect(card.getByRole("button", { name: t.states.retry })).toBeVisible();
    }
    await page.unroute(paths);
    const score = page.getByRole("region", { name: t.score.title, exact: true });
    await score.getByRole("button", { name: t.states.retry }).click();
    await expect(page.getByTestId("score")).toBeVisible();
    await expect(page.locator(".stat")).toHaveCount(4);
  });

  test(`keyword_figures_are_those_of_complete_days (${language})`, async ({ page }) => {
    const points = Array.from({ length: 28 }, (_, index) => ({
      date: `2026-11-${String(index + 1).padStart(2, "0")}`,
      videos: index < 20 ? 10 : 20,
      channels: 5,
      views: 1000,
      is_complete: index < 27,
    }));
    await page.route("**/api/keywords/history/*", (route) =>
      route.fulfill({
        json: {
          unit: "day",
          from: "2026-11-01",
          until: "2026-11-28",
          keywords: [{ keyword: "먹방", points }],
        },
      }),
    );
    await open(page, "/keyword?q=먹방", language);
    const videos = page.locator(`[data-stat="${t.stats.keywordUploads}"]`);
    await expect(videos.locator(".stat-value")).toHaveText(t.units.videos("140"));
    await expect(videos.locator(".change-up")).toHaveText(language === "ko" ? "2배" : "2×");
    const channels = page.locator(`[data-stat="${t.stats.channelsPerDay}"]`);
    await expect(channels.locator(".stat-value")).toHaveText(
      t.units.items(formatNumber(5, language)),
    );
    await expect(channels.locator(".stat-note")).toContainText("±0%");
  });

  test(`missing_part_of_a_score_is_named (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    const supply = { videos_per_week: 5, channels: 9, rank: 0.5 };
    let score: object = { videos: 20, supply, small_channels: { share_of_best: 0 } };
    await page.route("**/api/keywords/score/*", (route) =>
      route.fulfill({ json: { keyword, status: "insufficient_data", score: null, ...score } }),
    );
    await open(page, `/keyword?q=${encodeURIComponent(keyword)}`, language);
    const card = page.getByRole("region", { name: t.score.title });
    await expect(card).toContainText(t.score.tooFewSmallChannels(20));
    await expect(card.locator("dd")).toHaveText([
      t.score.unknown,
      t.score.supplyOf("5", "9", "50"),
      "0%",
    ]);
    score = { videos: 9 };
    await page.reload();
    await expect(card).toContainText(t.score.tooFewVideos(9));
    await expect(card.locator("dd")).toHaveCount(0);
    score = { videos: 10 };
    await page.reload();
    await expect(card).toContainText(t.score.notComputed);
  });

  test(`keyword_figures_are_not_compared_if_the_collection_grew (${language})`, async ({
    page,
    request,
  }) => {
    const keyword = await topKeyword(request);
    let active = 126;
    await page.route("**/api/trends/rising/*", (route) =>
      route.fulfill({
        json: {
          status: "ok",
          active_channels: active,
          previous_active_channels: 400,
          count: 0,
          results: [],
        },
      }),
    );
    const path = `/keyword?q=${encodeURIComponent(keyword)}&compare=previous`;
    await open(page, `${path}&with=쀍쀍`, language);
    const grown = page.getByTestId("period-changes").getByText(t.stats.collectionGrew);
    await expect(grown).toHaveCount(1);
    await expect(page.getByText(t.history.unused("쀍쀍"))).toBeVisible();
    await page.goto(path);
    await expect(page.getByText(t.history.unused("쀍쀍"))).toHaveCount(0);
    const notes = page.locator(".stat-note");
    await expect(notes.first()).toHaveText(t.stats.collectionGrew);
    await expect(notes.locator("b")).toHaveCount(0);
    const changes = page.getByTestId("period-changes");
    await expect(changes).toContainText(t.stats.collectionGrew);
    await expect(changes.locator("b")).toHaveCount(0);
    active = 124;
    await page.reload();
    await expect(notes.first().locator("b")).toHaveCount(1);
    await expect(changes.locator("b")).toHaveCount(1);
    await expect(page.getByText(t.stats.collectionGrew)).toHaveCount(0);
  });
}

test("keyword_page_without_a_search_suggests_top_keywords", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  await open(page, "/keyword");
  await page.getByRole("link", { name: keyword, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
});

test("keyword_cards_load_beside_the_search_and_only_once", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  let release: (() => void) | undefined;
  const pending = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/keyword_search/**", async (route) => {
    await pending;
    await route.continue();
  });
  const paths: string[] = [];
  page.on("request", (sent) => paths.push(new URL(sent.url()).pathname));
  await open(page, `/keyword?q=${encodeURIComponent(keyword)}`);
  await expect(page.getByTestId("score")).toBeVisible();
  await expect(page.locator(".stat")).toHaveCount(4);
  const related = page.getByRole("region", { name: ko.related.title });
  await expect(related.locator(".keyword").first()).toBeVisible();
  release?.();
  await expect(page.locator(".skeleton")).toHaveCount(0);
  for (const path of [
    "/api/keywords/related/",
    "/api/keywords/score/",
    "/api/videos/best_times/",
  ]) {
    expect(paths.filter((name) => name === path)).toHaveLength(1);
  }
});

test("related_keyword_opens_its_search_and_back_returns", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  await open(page, `/keyword?q=${encodeURIComponent(keyword)}&subscribers=15000&category=26`);
  const related = page.locator(".keyword").nth(1);
  const name = (await related.locator(".keyword-name").textContent()) ?? "";
  await related.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page).toHaveURL(/&subscribers=15000&category=26$/);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
});

for (const { language, t } of LANGUAGES) {
  test(`average_with_estimated_subscribers_and_incomplete_days_are_marked (${language})`, async ({
    page,
    request,
  }) => {
    const keyword = await topKeyword(request);
    let isEstimated = true;
    await page.route("**/api/keyword_search/**", async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { video: { data: object[] }[] };
      const video = body.video.map((list) => ({
        ...list,
        data: list.data.map((one) => ({ ...one, popularity_estimated: isEstimated })),
      }));
      await route.fulfill({ response, json: { ...body, video } });
    });
    await open(page, `/keyword?q=${encodeURIComponent(keyword)}`, language);
    const estimated = t.channel.estimated(t.charts.popularity);
    await expect(page.getByRole("heading", { name: estimated, exact: true })).toBeVisible();
    await expect(page.getByText(t.charts.popularityEstimated)).toBeVisible();
    await expect(page.getByRole("heading", { name: t.charts.uploads, exact: true })).toBeVisible();
    const uploads = page.getByRole("region", { name: t.charts.uploads, exact: true });
    await uploads.locator("summary").click();
    const days = uploads.getByRole("rowheader");
    await expect(days.first()).toContainText(t.charts.incomplete);
    await expect(days.nth(1)).not.toContainText(t.charts.incomplete);
    isEstimated = false;
    await page.reload();
    const exact = { name: t.charts.popularity, exact: true };
    await expect(page.getByRole("heading", exact)).toBeVisible();
    await expect(page.getByText(t.charts.popularityEstimated)).toHaveCount(0);
  });
}
