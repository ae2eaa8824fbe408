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
    await page.addInitScript((stored) => {
      localStorage.setItem("createtrend.language", stored);
    }, language);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await before?.(page);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    for (const chart of await page.locator(".chart-canvas").all()) {
      await expect(chart).toHaveAttribute("aria-busy", "false");
    }
    // The viewport has the height of the page, so that fixed bars are at its edges.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
    // A prediction scrolls to its result.
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForLoadState("networkidle");
    for (const image of await page.locator(".video-thumbnail img").all()) {
      await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.complete)).toBe(true);
    }
    await page.screenshot({ path: `${FOLDER}${name}.png` });
  });
}

/** Predicts two drafts with thumbnails of the demo data. */
async function predictBoth(page: Page): Promise<void> {
  const drafts = [
    ["food-1", "혼자 먹는 저녁 | 라면 먹방", "153000"],
    ["food-2", "편의점 신상 전부 먹어 봤습니다", "153000"],
  ] as const;
  for (const [index, [image, title, subscribers]] of drafts.entries()) {
    const form = page.locator(".draft form").nth(index);
    const svg = await page.request.get(`/demo/thumbnails/${image}.svg`);
    await form.locator("input[type=file]").setInputFiles({
      name: "thumbnail.png",
      mimeType: "image/png",
      buffer: await toPng(page, await svg.text()),
    });
    const [first, second] = await form.locator("input:not([type=file])").all();
    await first?.fill(title);
    await second?.fill(subscribers);
    await form.locator("button[type=submit]").click();
    await expect(page.locator(".prediction")).toHaveCount(index + 1);
  }
}

/** Converts an SVG, which the API does not accept. */
async function toPng(page: Page, svg: string): Promise<Buffer> {
  const tab = await page.context().newPage();
  await tab.setViewportSize({ width: 640, height: 360 });
  await tab.setContent(`<style>body{margin:0}svg{width:640px;height:360px}</style>${svg}`);
  const png = await tab.screenshot();
  await tab.close();
  return png;
}
