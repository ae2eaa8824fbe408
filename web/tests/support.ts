import AxeBuilder from "@axe-core/playwright";
import {
  expect,
  test as base,
  type APIRequestContext,
  type Locator,
  type Page,
} from "@playwright/test";
import type { paths } from "../src/api/schema";
import { trendPoints, TREND_DAYS } from "../src/charts/series";
import { seoulDay, today } from "../src/format/dates";
import { formatCount, formatRatio } from "../src/format/numbers";
import { en } from "../src/i18n/en";
import { predict as predictInEnglish } from "../src/i18n/en/predict";
import { status as statusInEnglish } from "../src/i18n/en/status";
import { ko } from "../src/i18n/ko";
import { predict as predictInKorean } from "../src/i18n/ko/predict";
import { status as statusInKorean } from "../src/i18n/ko/status";
import type { Language } from "../src/i18n";

/** All texts, also those that are loaded with a page. */
const KOREAN = { ...ko, ...predictInKorean, ...statusInKorean };
export type Translations = typeof KOREAN;

export const LANGUAGES: { language: Language; t: Translations }[] = [
  { language: "ko", t: KOREAN },
  { language: "en", t: { ...en, ...predictInEnglish, ...statusInEnglish } },
];

/** `browserErrors`: exceptions and policy violations, which fail every test. */
type Fixtures = { browserErrors: string[] };
/** One account per worker, because registrations are rate-limited by address. */
type WorkerFixtures = { account: Account };

export type Account = { username: string; password: string };

export const test = base.extend<Fixtures, WorkerFixtures>({
  account: [
    async ({ playwright }, use, { project }) => {
      const account = { username: uniqueUsername(), password: PASSWORD };
      const baseURL = project.use.baseURL ?? "";
      const request = await playwright.request.newContext({ baseURL });
      const response = await request.post(`${AUTH}/register/`, { data: account });
      expect(response.status()).toBe(200);
      await request.dispose();
      await use(account);
    },
    { scope: "worker" },
  ],
  browserErrors: [
    async ({ page }, use) => {
      const browserErrors: string[] = [];
      page.on("pageerror", (error) => browserErrors.push(error.message));
      page.on("console", (message) => {
        if (/Content Security Policy|Refused to/.test(message.text())) {
          browserErrors.push(message.text());
        }
      });
      await use(browserErrors);
      // The page may be retrying a request at this time.
      await page.unrouteAll({ behavior: "ignoreErrors" });
      expect(browserErrors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function open(page: Page, path: string, language: Language = "ko"): Promise<void> {
  await page.addInitScript(
    (stored) => localStorage.setItem("createtrend.language", stored),
    language,
  );
  await page.goto(path);
}

type ResponseBody<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer T } } } };
}
  ? T
  : never;

/** Sends a GET request to a path of the OpenAPI document. */
export async function getJson<P extends keyof paths>(
  request: APIRequestContext,
  path: P,
  { idx, ...query }: Record<string, string | number> = {},
): Promise<ResponseBody<P>> {
  const response = await request.get(path.replace("{idx}", String(idx)), { params: query });
  expect(response.status(), response.url()).toBe(200);
  return (await response.json()) as ResponseBody<P>;
}

/** The query of the lists of the home page. */
export const MERGED = { spellings: "merged" };

/** The first keyword of the home page, which has data. */
export async function topKeyword(request: APIRequestContext): Promise<string> {
  const [popular] = await getJson(request, "/api/channel_analyze/", MERGED);
  const name = popular?.keyword[0]?.name;
  if (!name) throw new Error("no top keyword: the tests need the demo data");
  return name;
}

/** The rows of a chart's table as `[date, value…]`, latest first. */
export async function tableRows(page: Page, name: string): Promise<string[][]> {
  const figure = page.locator("figure", {
    has: page.getByRole("table", { name, exact: true, includeHidden: true }),
  });
  const rows = figure.locator("tbody tr");
  return rows.evaluateAll((all) =>
    all.map((row) => [
      (row as HTMLElement).dataset.date ?? "",
      ...[...row.querySelectorAll("td")].map((cell) => cell.textContent),
    ]),
  );
}

/** The expected rows of the uploads chart: the last days of the keyword's history. */
export async function expectedUploadRows(
  request: APIRequestContext,
  keyword: string,
  { language, t }: (typeof LANGUAGES)[number],
): Promise<string[][]> {
  const { keywords } = await getJson(request, "/api/keywords/history/", { keyword });
  const points = keywords[0]?.points.slice(-1 - TREND_DAYS) ?? [];
  return points
    .map(({ date, videos }) => [
      date,
      videos == null ? "–" : t.units.videos(formatCount(videos, language)),
    ])
    .reverse();
}

/** The day of the newest observation. Waits until the page has it. */
export async function incompleteDay(page: Page): Promise<string> {
  await expect(page.getByTestId("freshness-note")).toBeVisible();
  const freshness = await getJson(page.request, "/api/status/freshness/");
  const observed = seoulDay(freshness.newest_observation ?? new Date());
  return observed < today() ? observed : today();
}

/** The expected rows of a trend's table. Waits until the page has the freshness of the data. */
export async function expectedTrendRows(
  page: Page,
  tone: "popular" | "recent",
  points: { date: string; value: number }[],
  { language, t }: (typeof LANGUAGES)[number],
): Promise<string[][]> {
  const lastDay = await incompleteDay(page);
  const format = (value: number) =>
    tone === "popular"
      ? formatRatio(value / 100, language)
      : t.units.videos(formatCount(value, language));
  return trendPoints(tone, points, { today: today(), lastDay })
    .map(({ date, value }) => [date, value === null ? "–" : format(value)])
    .reverse();
}

/** A fact of a video that is marked if it is made from an estimate. */
export function markEstimate(text: string, isEstimated: boolean, t: Translations): string {
  return isEstimated ? t.channel.estimated(text) : text;
}

/** Waits for a chart to be drawn. */
export async function waitForChart(page: Page, index = 0): Promise<Locator> {
  const chart = page.locator(".chart-canvas").nth(index);
  await expect(chart).toHaveAttribute("aria-busy", "false");
  await expect(chart.locator("canvas")).toBeVisible();
  return chart;
}

export async function wordMapKeywords(page: Page): Promise<{ name: string; value: number }[]> {
  return page.locator(".wordmap a").evaluateAll((all) =>
    all.map((bubble) => ({
      name: bubble.getAttribute("data-keyword") ?? "",
      value: Number(bubble.getAttribute("data-value")),
    })),
  );
}

export const byValue = (a: { name: string; value: number }, b: { name: string; value: number }) =>
  b.value - a.value;

const AUTH = "/api/accounts/auth";

export async function expectNoSeriousViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

/** Expects a page that is not scrolled sideways. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Opens the search dialog by its shortcut. */
export async function openSearch(page: Page): Promise<void> {
  // A response implies that the page listens to keys.
  await expect(page.getByTestId("freshness-note")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
}

/** Starts a session and returns its token. */
export async function logIn(request: APIRequestContext, account: Account): Promise<string> {
  const response = await request.post(`${AUTH}/login/`, { data: account });
  expect(response.status()).toBe(200);
  return ((await response.json()) as { token: string }).token;
}

export function uniqueUsername(): string {
  return `web-${crypto.randomUUID().slice(0, 13)}`;
}

export const PASSWORD = "비밀번호 1234";

/** Uploads an image to a draft and waits for its preview. */
export async function uploadThumbnail(form: Locator, file: ImageFile = ONE_PIXEL): Promise<void> {
  await form.locator("input[type=file]").setInputFiles(file);
  await expect(form.locator(".thumbnail-upload img")).toBeVisible();
}

/** The response of a service that is unavailable. */
export const UNAVAILABLE = {
  status: 503,
  headers: { "Retry-After": "1" },
  json: { detail: "…", code: "service_unavailable", request_id: "a-request" },
};

type ImageFile = { name: string; mimeType: string; buffer: Buffer };

export const ONE_PIXEL: ImageFile = {
  name: "one.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    "base64",
  ),
};
