import {
  expect,
  test as base,
  type APIRequestContext,
  type Locator,
  type Page,
} from "@playwright/test";
import type { paths } from "../src/api/schema";
import { en } from "../src/i18n/en";
import { ko, type Words } from "../src/i18n/ko";
import type { Language } from "../src/i18n/language";

export const LANGUAGES: { language: Language; words: Words }[] = [
  { language: "ko", words: ko },
  { language: "en", words: en },
];

/** `complaints`: what the dashboard itself must never do, on any page. */
type Fixtures = { complaints: string[] };
/** One for all tests of a worker, one after the other: an address may not make many. */
type WorkerFixtures = { account: Account };

export type Account = { username: string; password: string };

export const test = base.extend<Fixtures, WorkerFixtures>({
  account: [
    async ({ playwright }, use, { project }) => {
      const account = { username: newName(), password: PASSWORD };
      const baseURL = project.use.baseURL ?? "";
      const request = await playwright.request.newContext({ baseURL });
      const made = await request.post(`${AUTH}/register/`, { data: account });
      expect(made.status()).toBe(200);
      await request.dispose();
      await use(account);
    },
    { scope: "worker" },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (/Content Security Policy|Refused to/.test(message.text())) {
          complaints.push(message.text());
        }
      });
      await use(complaints);
      // A page that asks again by itself may be doing so just now.
      await page.unrouteAll({ behavior: "ignoreErrors" });
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens an address in a language. */
export async function open(page: Page, path: string, language: Language = "ko"): Promise<void> {
  await page.addInitScript(
    (chosen) => localStorage.setItem("createtrend.language", chosen),
    language,
  );
  await page.goto(path);
}

type Got<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer T } } } };
}
  ? T
  : never;

/** What the API says. The path is the document's; `address` fills it in. */
export async function ask<P extends keyof paths>(
  request: APIRequestContext,
  path: P,
  { idx, ...query }: Record<string, string | number> = {},
): Promise<Got<P>> {
  const reply = await request.get(path.replace("{idx}", String(idx)), { params: query });
  expect(reply.status(), reply.url()).toBe(200);
  return (await reply.json()) as Got<P>;
}

/** A keyword that is certainly there: the first of the home page. */
export async function topKeyword(request: APIRequestContext): Promise<string> {
  const [popular] = await ask(request, "/api/channel_analyze/");
  const name = popular?.keyword[0]?.name;
  if (!name) throw new Error("there is no top keyword: is this the demo data?");
  return name;
}

/** The rows of the table under a chart, as `[day, value…]`, newest first. */
export async function tableOf(page: Page, name: string): Promise<string[][]> {
  const figure = page.locator("figure", {
    has: page.getByRole("table", { name, exact: true, includeHidden: true }),
  });
  const rows = figure.locator("tbody tr");
  return rows.evaluateAll((all) =>
    all.map((row) => [
      (row as HTMLElement).dataset.day ?? "",
      ...[...row.querySelectorAll("td")].map((cell) => cell.textContent),
    ]),
  );
}

/** Waits until a chart is on its canvas, and says how many points its lines have. */
export async function drawn(page: Page, place = 0): Promise<string> {
  const canvas = page.locator(".chart-canvas").nth(place);
  await expect(canvas).toHaveAttribute("data-drawn", /\d/);
  await expect(canvas.locator("canvas")).toBeVisible();
  return (await canvas.getAttribute("data-drawn")) ?? "";
}

/** The words of the word map with their values. */
export async function wordMap(page: Page): Promise<{ name: string; value: number }[]> {
  return page.locator(".wordmap a").evaluateAll((all) =>
    all.map((word) => ({
      name: word.getAttribute("data-word") ?? "",
      value: Number(word.getAttribute("data-value")),
    })),
  );
}

export const bySize = (
  one: { name: string; value: number },
  other: { name: string; value: number },
) => other.value - one.value;

const AUTH = "/api/accounts/auth";

/** A new session of an account. */
export async function tokenOf(request: APIRequestContext, account: Account): Promise<string> {
  const reply = await request.post(`${AUTH}/login/`, { data: account });
  expect(reply.status()).toBe(200);
  return ((await reply.json()) as { token: string }).token;
}

/** A name that nobody has. */
export function newName(): string {
  return `web-${crypto.randomUUID().slice(0, 13)}`;
}

export const PASSWORD = "비밀번호 1234";

/** Chooses a picture for a draft, and waits until it is there. */
export async function giveThumbnail(form: Locator, file: Picture = ONE_PIXEL): Promise<void> {
  await form.locator("input[type=file]").setInputFiles(file);
  await expect(form.locator(".thumbnail img")).toBeVisible();
}

type Picture = { name: string; mimeType: string; buffer: Buffer };

export const ONE_PIXEL: Picture = {
  name: "one.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    "base64",
  ),
};
