import type { APIRequestContext, Page } from "@playwright/test";
import { markIncomplete, observedPoints } from "../src/charts/period";
import { latestOfDay } from "../src/charts/series";
import { formatDate, formatDateRange } from "../src/format/dates";
import { distinctKeywords } from "../src/format/keywords";
import { formatCount, formatNumber, formatSigned } from "../src/format/numbers";
import type { Language } from "../src/i18n";
import {
  getJson,
  byValue,
  incompleteDay,
  waitForChart,
  expect,
  LANGUAGES,
  open,
  tableRows,
  test,
  wordMapKeywords,
} from "./support";

const PAGE = "/api/youtuber_search/channel_list/{idx}/";
const PERIOD = "/api/youtuber_search/channel_period_data/{idx}/";

/** A channel with observations on several days: the simulator's channels have those of one day. */
async function channelWithHistory(request: APIRequestContext): Promise<number> {
  for (let page = 1; page <= 10; page += 1) {
    const { results } = await getJson(request, "/api/youtuber_search/channel_list/", { page });
    for (const { idx } of results) {
      const { line } = await getJson(request, PAGE, { idx });
      if (latestOfDay(dailySubscribers(line.data)).length > 7) return idx;
    }
  }
  throw new Error("no channel with a history: the tests need the demo data");
}

function dailySubscribers(points: { date: string; value: string }[]) {
  return points.map(({ date, value }) => ({ date, value: Number(value) }));
}

type Video = {
  video_name: string;
  upload_time?: string | null;
  videoviews: { check_time: string; views: number }[];
};

/** `hasGain`: with the views since the observation a day before the last one. */
async function expectVideos(page: Page, videos: Video[], language: Language, hasGain = false) {
  const count = (views: number | undefined) =>
    views === undefined ? "–" : formatCount(views, language);
  const gain = ({ videoviews: counts }: Video) => {
    const [last, ...earlier] = [...counts].reverse();
    const before =
      earlier.find(
        ({ check_time: checked }) =>
          Date.parse(last?.check_time ?? "") - Date.parse(checked) >= 20 * 3_600_000,
      ) ?? earlier.at(-1);
    return last && before ? last.views - before.views : undefined;
  };
  const rows = page.locator(".sortable tbody tr");
  await expect(rows.locator("th")).toHaveText(videos.map((video) => video.video_name));
  await expect(rows.locator("td")).toHaveText(
    videos.flatMap((video) => [
      count(video.videoviews.at(-1)?.views ?? 0),
      ...(hasGain ? [count(gain(video))] : []),
      video.upload_time ? formatDate(video.upload_time, language) : "–",
    ]),
  );
}

for (const { language, t } of LANGUAGES) {
  test(`channel_page_shows_the_api_response (${language})`, async ({ page, request }) => {
    const idx = await channelWithHistory(request);
    const data = await getJson(request, PAGE, { idx });
    await open(page, `/channels/${idx}`, language);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      data.channelInfo.channel_name ?? "",
    );
    await expect(page.getByTestId("subscribers")).toHaveText(
      t.video.subscribers(formatCount(Number(data.channelInfo.subscriber), language)),
    );
    const days = latestOfDay(dailySubscribers(data.line.data));
    await waitForChart(page);
    expect(await tableRows(page, t.charts.subscribers)).toEqual(
      days
        .map(({ date, value }) => [date, t.units.people(formatCount(value ?? 0, language))])
        .reverse(),
    );
    const pie = distinctKeywords(data.keyword.pie).map(({ name, value }) => ({ name, value }));
    expect(await wordMapKeywords(page)).toEqual([...pie].sort(byValue));
    await expectVideos(page, data.video.data, language);
    await page.locator(".sortable").getByRole("link", { name: t.table.uploaded }).click();
    await expect(page).toHaveURL(/sort=-uploaded$/);
    const latest = [...data.video.data].sort((a, b) =>
      (b.upload_time ?? "").localeCompare(a.upload_time ?? ""),
    );
    await expectVideos(page, latest, language);
  });

  test(`channel_without_history_has_no_chart_and_no_table (${language})`, async ({
    page,
    request,
  }) => {
    const idx = await channelWithHistory(request);
    await open(page, `/channels/${idx}`, language);
    const card = page.getByRole("region", { name: t.charts.subscribers, exact: true });
    // The axis is cut, and the line has no area.
    await expect(card.locator(".card-description")).toContainText(t.charts.cutAxis);
    await page.route(`**/channel_list/${idx}/`, async (route) => {
      const json = (await (await route.fetch()).json()) as { line: object };
      await route.fulfill({ json: { ...json, line: { ...json.line, data: [] } } });
    });
    await page.route(`**/api/channels/${idx}/daily/*`, (route) =>
      route.fulfill({ json: { days: [], weeks: [] } }),
    );
    await page.reload();
    const history = page.getByRole("region", { name: t.daily.dailyTitle });
    await expect(history).toContainText(t.daily.empty);
    await expect(history.getByRole("table")).toHaveCount(0);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expect(card).toHaveCount(0);
  });

  test(`dragging_over_the_chart_selects_a_period (${language})`, async ({ page, request }) => {
    const idx = await channelWithHistory(request);
    const { line } = await getJson(request, PAGE, { idx });
    await open(page, `/channels/${idx}`, language);
    const box = await (await waitForChart(page)).boundingBox();
    if (!box) throw new Error("no chart");
    const at = (share: number) => box.x + box.width * share;
    await page.mouse.move(at(0.4), box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(at(0.6), box.y + box.height / 2, { steps: 5 });
    await page.mouse.move(at(0.9), box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await expect(page).toHaveURL(/start=\d{4}-\d\d-\d\d&end=\d{4}-\d\d-\d\d/);
    const query = new URL(page.url()).searchParams;
    const [start, end] = [query.get("start") ?? "", query.get("end") ?? ""];
    const days = line.data.map((point) => point.date);
    expect(days).toContain(start);
    expect(days).toContain(end);
    expect(start < end).toBe(true);
    const data = await getJson(request, PERIOD, { idx, start, end });
    if (Array.isArray(data)) throw new Error("expected the response for a period");
    await expect(
      page.getByRole("button", { name: formatDateRange(start, end, language) }),
    ).toBeVisible();
    await expect(page.getByRole("heading", { name: t.channel.periodVideos })).toBeVisible();
    await expectVideos(page, data.video.data, language, true);
    expect(await wordMapKeywords(page)).toEqual(
      distinctKeywords(data.keyword.pie)
        .map(({ name, value }) => ({ name, value }))
        .sort(byValue),
    );
    await page.reload();
    await expectVideos(page, data.video.data, language, true);
    await page.getByRole("link", { name: t.period.all, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/channels/${idx}$`));
    await expect(page.getByRole("heading", { name: t.channel.topVideos })).toBeVisible();
  });

  test(`missing_channel_and_invalid_or_empty_period_are_reported (${language})`, async ({
    page,
    request,
  }) => {
    const idx = await channelWithHistory(request);
    await open(page, "/channels/999999", language);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.channel.notFound);
    await page.getByRole("searchbox", { name: t.channels.search }).fill("tv");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/channels?name=tv");
    await expect(page.locator(".channel-card").first()).toBeVisible();
    await page.goto(`/channels/${idx}?start=2026-01-02&end=2026-01-01`);
    await expect(page.getByText(t.channel.invalidPeriod)).toBeVisible();
    await page.goto(`/channels/${idx}?start=2001-01-01&end=2001-01-02`);
    await expect(page.getByText(t.channel.periodEmpty)).toBeVisible();
    await page.getByRole("link", { name: t.channel.allPeriods }).click();
    await expect(page.getByRole("heading", { name: t.channel.topVideos })).toBeVisible();
  });

  test(`channel_history_shows_the_api_response (${language})`, async ({ page, request }) => {
    const { days, weeks } = await getJson(request, "/api/channels/{idx}/daily/", {
      idx: 1,
      days: 28,
    });
    await open(page, "/channels/1", language);
    const rows = page.locator(".history-table tbody tr");
    await expect(rows).toHaveCount(28);
    const shown = t.daily.defaultPeriod(t.period.lastDays(28));
    await expect(page.getByText(shown)).toBeVisible();
    // No period is selected, so none is marked.
    await page.getByRole("button", { name: t.period.choose }).click();
    await expect(page.locator("calendar-range")).toHaveJSProperty("value", "");
    await page.keyboard.press("Escape");
    const difference = (value: number | null | undefined) =>
      value == null ? "–" : formatSigned(value, language);
    const number = (value: number | null | undefined) =>
      value == null ? "–" : formatNumber(value, language);
    const lastDay = await incompleteDay(page);
    await expect(rows.locator("td")).toHaveText(
      observedPoints(days, lastDay, "day")
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
    await expect(rows.filter({ hasText: `(${t.charts.incomplete})` })).toHaveCount(1);
    await page.getByRole("link", { name: t.daily.week, exact: true }).click();
    await expect(rows).toHaveCount(markIncomplete(weeks, lastDay, "week").length);
    await page.getByRole("link", { name: t.daily.metrics.uploads, exact: true }).click();
    await expect(page).toHaveURL(/\/channels\/1\?by=week&metric=uploads$/);
  });
}
