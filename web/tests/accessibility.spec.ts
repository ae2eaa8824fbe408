import AxeBuilder from "@axe-core/playwright";
import { expect, open, test } from "./support";

const PAGES = {
  home: "/",
  keyword: `/keyword?q=${encodeURIComponent("먹방")}`,
  "keyword without a search": "/keyword",
  channels: "/channels",
  channel: "/channels/1",
  video: "/videos/1",
  predict: `/predict?q=${encodeURIComponent("먹방")}`,
  account: "/account",
  "not found": "/nothing",
};

for (const [name, path] of Object.entries(PAGES)) {
  for (const theme of ["light", "dark"] as const) {
    test(`axe finds nothing serious on ${name} (${theme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await open(page, path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      for (const summary of await page.locator(".chart-table summary").all()) await summary.click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(
        ({ impact }) => impact === "serious" || impact === "critical",
      );
      expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }

  test(`${name} fits a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, path);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test("the whole page can be reached and used with the keyboard", async ({ page }) => {
  await open(page, "/");
  await expect(page.locator(".keyword").first()).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "본문으로 건너뛰기" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.locator(".keyword").first()).toBeFocused();
  await page.locator(".wordmap a").first().focus();
  await page.keyboard.press("Enter");
  // A new page: its title has the focus.
  await expect(page).toHaveURL(/\/keyword/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});
