import { expect, test, type Page } from "@playwright/test";

const FOLDER = new URL("../../docs/screenshots/", import.meta.url).pathname;
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 860 };

type Shot = {
  name: string;
  path: string;
  size?: { width: number; height: number };
  theme?: "light" | "dark";
  language?: "ko" | "en";
  before?: (page: Page) => Promise<void>;
};

const 먹방 = encodeURIComponent("먹방");

const SHOTS: Shot[] = [
  { name: "home", path: "/" },
  { name: "home-dark", path: "/", theme: "dark", language: "en" },
  { name: "home-phone", path: "/", size: PHONE },
  { name: "keyword", path: `/keyword?q=${먹방}` },
  { name: "keyword-phone-dark", path: `/keyword?q=${먹방}`, size: PHONE, theme: "dark" },
  { name: "channels", path: "/channels" },
  { name: "channel", path: "/channels/94" },
  { name: "video", path: "/videos/1973", language: "en" },
  { name: "predict", path: `/predict?q=${먹방}`, before: predictBoth },
  { name: "predict-phone", path: "/predict", size: PHONE, before: predictBoth },
  { name: "account", path: "/account", size: PHONE },
];

for (const { name, path, size = DESK, theme = "light", language = "ko", before } of SHOTS) {
  test(name, async ({ page }) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    await page.addInitScript((chosen) => {
      localStorage.setItem("createtrend.language", chosen);
    }, language);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await before?.(page);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    for (const chart of await page.locator(".chart-canvas").all()) {
      await expect(chart).toHaveAttribute("data-drawn", /\d/);
    }
    // The whole page in one window, so that bars are at its edges.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
    await page.waitForLoadState("networkidle");
    for (const picture of await page.locator(".picture img").all()) {
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete)).toBe(true);
    }
    await page.screenshot({ path: `${FOLDER}${name}.png` });
  });
}

/** Two drafts, with pictures of the demo. */
async function predictBoth(page: Page): Promise<void> {
  const drafts = [
    ["food-1", "혼자 먹는 저녁 | 라면 먹방", "153000"],
    ["food-2", "편의점 신상 전부 먹어 봤습니다", "153000"],
  ] as const;
  for (const [place, [picture, title, subscribers]] of drafts.entries()) {
    const form = page.locator(".draft form").nth(place);
    const svg = await page.request.get(`/demo/thumbnails/${picture}.svg`);
    await form.locator("input[type=file]").setInputFiles({
      name: "thumbnail.png",
      mimeType: "image/png",
      buffer: await drawn(page, await svg.text()),
    });
    const [first, second] = await form.locator("input:not([type=file])").all();
    await first?.fill(title);
    await second?.fill(subscribers);
    await form.locator("button[type=submit]").click();
    await expect(page.locator(".outcome")).toHaveCount(place + 1);
  }
}

/** A drawing as a picture that the API takes. */
async function drawn(page: Page, svg: string): Promise<Buffer> {
  const canvas = await page.context().newPage();
  await canvas.setViewportSize({ width: 640, height: 360 });
  await canvas.setContent(`<style>body{margin:0}svg{width:640px;height:360px}</style>${svg}`);
  const picture = await canvas.screenshot();
  await canvas.close();
  return picture;
}
