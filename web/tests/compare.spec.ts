import { formatNumber, formatRatio, formatSigned } from "../src/format/numbers";
import { getJson, expect, LANGUAGES, open, test } from "./support";

const LIST = "/api/youtuber_search/channel_list/";

for (const { language, t } of LANGUAGES) {
  test(`channel_history_shows_the_api_response (${language})`, async ({ page, request }) => {
    const { days, weeks } = await getJson(request, "/api/channels/{idx}/daily/", {
      idx: 1,
      days: 28,
    });
    await open(page, "/channels/1", language);
    const rows = page.locator(".history-table tbody tr");
    await expect(rows).toHaveCount(28);
    const difference = (value: number | null | undefined) =>
      value == null ? "–" : formatSigned(value, language);
    const number = (value: number | null | undefined) =>
      value == null ? "–" : formatNumber(value, language);
    await expect(rows.locator("td")).toHaveText(
      [...days]
        .reverse()
        .flatMap((day) => [
          number(day.subscribers),
          difference(day.subscribers_gained),
          number(day.views),
          difference(day.views_gained),
          number(day.uploads),
        ]),
    );
    // Only today is not over.
    await expect(rows.filter({ hasText: `(${t.charts.unfinished})` })).toHaveCount(1);
    await page.getByRole("link", { name: t.daily.week, exact: true }).click();
    await expect(rows).toHaveCount(weeks.length);
    await page.getByRole("link", { name: t.daily.metrics.uploads, exact: true }).click();
    await expect(page).toHaveURL(/\/channels\/1\?by=week&metric=uploads$/);
  });

  test(`best_times_show_known_hours_only (${language})`, async ({ page }) => {
    const hours = Array.from({ length: 168 }, (_, index) => ({
      weekday: Math.floor(index / 24) + 1,
      hour: index % 24,
      videos: index === 18 ? 7 : 1,
      median_ratio: index === 18 ? 2.14 : null,
    }));
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 174, hours } }),
    );
    await open(page, "/channels/1", language);
    const [monday = ""] = t.bestTimes.weekdays;
    await expect(page.locator(".best-hours li")).toHaveText(
      `${t.bestTimes.time(monday, 18)} ${t.bestTimes.ratio(formatRatio(2.14, language), 7)}`,
    );
    const row = page.locator(".heat-map").getByRole("row", { name: monday }).first();
    await expect(row.getByRole("cell").nth(18)).toHaveText("2.1");
    await expect(page.locator(".heat-map td").filter({ hasText: /\d/ })).toHaveCount(1);
  });

  test(`best_times_without_known_hours_say_what_is_missing (${language})`, async ({ page }) => {
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 3, hours: [] } }),
    );
    await open(page, "/channels/1", language);
    await expect(page.getByText(t.bestTimes.empty(3))).toBeVisible();
  });

  test(`video_is_compared_with_earlier_videos_of_its_channel (${language})`, async ({
    page,
    request,
  }) => {
    const { results } = await getJson(request, "/api/videos/outliers/", { days: 90 });
    const [video] = results;
    if (!video) throw new Error("no outliers: the tests need the demo data");
    await open(page, `/videos/${video.idx}`, language);
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

  test(`channels_are_added_to_and_removed_from_a_comparison (${language})`, async ({
    page,
    request,
  }) => {
    const { results } = await getJson(request, LIST, { youtuber_name: "tv" });
    const other = results.find(({ idx }) => idx !== 1);
    if (!other) throw new Error("no channel: the tests need the demo data");
    await open(page, "/channels/1", language);
    await page.getByRole("link", { name: t.compare.withOthers }).click();
    await expect(page).toHaveURL(/\/compare\?channel=1$/);
    await page.getByRole("searchbox").fill("tv");
    await page.getByRole("searchbox").press("Enter");
    const found = page.locator(".finder-row").nth(results.indexOf(other)).getByRole("button");
    await found.click();
    await expect(page).toHaveURL(new RegExp(`/compare\\?channel=1&channel=${other.idx}$`));
    // It cannot be added again.
    await expect(found).toHaveText(t.channels.selected);
    await expect(found).toBeDisabled();
    await expect(found).toBeFocused();
    const channels = page.getByRole("list", { name: t.compare.channels }).getByRole("listitem");
    await expect(channels).toHaveCount(2);
    await page.getByRole("link", { name: t.daily.metrics.uploads, exact: true }).click();
    await channels.first().getByRole("link").last().click();
    await expect(page).toHaveURL(new RegExp(`metric=uploads`));
    await expect(channels).toHaveCount(1);
    await expect(channels).toContainText(other.channel_name ?? "");
  });

  test(`comparison_without_or_with_unknown_channels_is_explained (${language})`, async ({
    page,
  }) => {
    await open(page, "/compare", language);
    await expect(page.getByText(t.compare.start)).toBeVisible();
    await page.goto("/compare?channel=999999");
    await expect(page.getByText(t.channel.notFound)).toBeVisible();
    await page.goto("/compare?channel=1&channel=2&channel=3&channel=4&channel=5");
    await expect(page.getByText(t.compare.full(5))).toBeVisible();
  });
}
