import { addDays, today } from "../src/format/dates";
import { formatNumber } from "../src/format/numbers";
import { getJson, expect, LANGUAGES, open, tableRows, test, waitForChart } from "./support";

const LIST = "/api/youtuber_search/channel_list/";

for (const { language, t } of LANGUAGES) {
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
    const found = page
      .locator(".channel-picker-row")
      .nth(results.indexOf(other))
      .getByRole("button");
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

  test(`channels_beyond_the_first_ten_can_be_found_and_told_apart (${language})`, async ({
    page,
    request,
  }) => {
    // In the names of more than ten channels of any demo.
    const query = { youtuber_name: "이" };
    const first = await getJson(request, LIST, query);
    const second = await getJson(request, LIST, { ...query, page: 2 });
    await open(page, "/compare", language);
    await page.getByRole("searchbox").fill(query.youtuber_name);
    await page.getByRole("searchbox").press("Enter");
    const rows = page.locator(".channel-picker-row");
    await expect(rows).toHaveCount(10);
    const [channel] = first.results;
    if (!channel) throw new Error("no channel: the tests need the demo data");
    await expect(rows.first()).toContainText(
      t.channels.collected(formatNumber(channel.video_counts, language)),
    );
    await expect(page.getByText(t.channels.someShown(String(first.count), "10"))).toBeVisible();
    await page.getByRole("button", { name: t.channels.more }).click();
    await expect(rows.locator("b")).toHaveText(
      [...first.results, ...second.results].map(({ channel_name }) => channel_name ?? ""),
    );
    await page.getByRole("searchbox").fill(`${first.results[0]?.channel_name}`);
    await page.getByRole("searchbox").press("Enter");
    await expect(page.getByRole("button", { name: t.channels.more })).toHaveCount(0);
  });

  test(`days_without_an_observation_have_no_uploads (${language})`, async ({ page }) => {
    const points = [0, 3, 0, 5, 0].map((uploads, index) => ({
      date: addDays(today(), index - 4),
      subscribers: index === 2 ? 100 : null,
      uploads,
      is_complete: index < 4,
    }));
    await page.route("**/api/channels/compare/*", (route) =>
      route.fulfill({ json: { channels: [{ idx: 1, channel_name: "먹방 채널", points }] } }),
    );
    await open(page, "/compare?channel=1&metric=uploads", language);
    await waitForChart(page);
    const rows = await tableRows(page, t.daily.metrics.uploads);
    expect(rows.map(([, uploads]) => uploads)).toEqual(["–", "5", "0", "3", "–"]);
  });

  test(`comparison_without_or_with_unknown_channels_is_explained (${language})`, async ({
    page,
  }) => {
    await open(page, "/compare", language);
    await expect(page.getByText(t.compare.start)).toBeVisible();
    await page.goto("/compare?channel=999999");
    await expect(page.getByText(t.compare.missing("#999999"))).toBeVisible();
    await page.goto("/compare?channel=1&channel=999999&channel=2&days=28");
    await expect(page.getByText(t.compare.missing("#999999"))).toBeVisible();
    const channels = page.getByRole("list", { name: t.compare.channels }).getByRole("listitem");
    await expect(channels).toHaveCount(2);
    await waitForChart(page);
    await page.getByRole("link", { name: t.compare.removeMissing }).click();
    await expect(page).toHaveURL("/compare?channel=1&channel=2&days=28");
    await expect(channels).toHaveCount(2);
    await expect(page.getByText(t.compare.missing("#999999"))).toHaveCount(0);
    await page.goto("/compare?channel=1&channel=2&channel=3&channel=4&channel=5");
    await expect(page.getByText(t.compare.full(5))).toBeVisible();
  });
}
