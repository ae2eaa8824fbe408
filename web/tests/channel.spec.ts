import type { APIRequestContext, Page } from "@playwright/test";
import { day } from "../src/format/dates";
import { count } from "../src/format/numbers";
import type { Words } from "../src/i18n/ko";
import type { Language } from "../src/i18n/language";
import { ask, bySize, drawn, expect, LANGUAGES, open, tableOf, test, wordMap } from "./support";

const PAGE = "/api/youtuber_search/channel_list/{idx}/";
const PERIOD = "/api/youtuber_search/channel_period_data/{idx}/";

async function someChannel(request: APIRequestContext): Promise<number> {
  const { results } = await ask(request, "/api/youtuber_search/channel_list/");
  return results[1]?.idx ?? 0;
}

type Video = { video_name: string; upload_time?: string | null; videoviews: { views: number }[] };

async function expectVideos(page: Page, videos: Video[], language: Language, words: Words) {
  await expect(page.locator(".video-row-name")).toHaveText(videos.map((one) => one.video_name));
  await expect(page.locator(".video-row-facts")).toHaveText(
    videos.map(
      ({ videoviews, upload_time }) =>
        words.videos.views(count(videoviews.at(-1)?.views ?? 0, language)) +
        (upload_time ? day(upload_time, language) : ""),
    ),
  );
}

for (const { language, words } of LANGUAGES) {
  test(`a channel's page shows what the API says (${language})`, async ({ page, request }) => {
    const idx = await someChannel(request);
    const data = await ask(request, PAGE, { idx });
    await open(page, `/channels/${idx}`, language);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      data.channelInfo.channel_name ?? "",
    );
    await expect(page.getByTestId("subscribers")).toHaveText(
      words.video.subscribers(count(Number(data.channelInfo.subscriber), language)),
    );
    expect(await drawn(page)).toBe(String(data.line.data.length));
    expect(await tableOf(page, words.lines.subscribers)).toEqual(
      data.line.data.map(({ date, value }) => [date, count(Number(value), language)]).reverse(),
    );
    const pie = data.keyword.pie.map(({ name, value }) => ({ name, value }));
    expect(await wordMap(page)).toEqual([...pie].sort(bySize));
    await expectVideos(page, data.video.data, language, words);
  });

  test(`a period is chosen by dragging over the line (${language})`, async ({ page, request }) => {
    const idx = await someChannel(request);
    const { line } = await ask(request, PAGE, { idx });
    await open(page, `/channels/${idx}`, language);
    await drawn(page);
    const box = await page.locator(".chart-canvas").boundingBox();
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
    const data = await ask(request, PERIOD, { idx, start, end });
    if (Array.isArray(data)) throw new Error("not of a period");
    await expect(page.getByRole("textbox", { name: words.channel.from })).toHaveValue(start);
    await expect(page.getByRole("heading", { name: words.channel.periodVideos })).toBeVisible();
    await expectVideos(page, data.video.data, language, words);
    expect(await wordMap(page)).toEqual(
      data.keyword.pie.map(({ name, value }) => ({ name, value })).sort(bySize),
    );
    await page.reload();
    await expectVideos(page, data.video.data, language, words);
    await page.getByRole("link", { name: words.channel.all }).click();
    await expect(page).toHaveURL(new RegExp(`/channels/${idx}$`));
    await expect(page.getByRole("heading", { name: words.channel.topVideos })).toBeVisible();
  });

  test(`what cannot be found or chosen is said (${language})`, async ({ page, request }) => {
    const idx = await someChannel(request);
    await open(page, "/channels/999999", language);
    await expect(page.getByText(words.channel.notFound)).toBeVisible();
    await page.goto(`/channels/${idx}?start=2026-01-02&end=2026-01-01`);
    await expect(page.getByText(words.channel.wrongPeriod)).toBeVisible();
    await page.goto(`/channels/${idx}?start=2001-01-01&end=2001-01-02`);
    await expect(page.getByText(words.channel.periodNothing)).toBeVisible();
  });
}
