import { expect, LANGUAGES, open, test } from "./support";

const HOME = "**/api/channel_analyze/";

for (const { language, words } of LANGUAGES) {
  test(`what is down is said, and the page goes on when it is back (${language})`, async ({
    page,
  }) => {
    let isDown = true;
    await page.route(HOME, (route) =>
      isDown
        ? route.fulfill({
            status: 503,
            headers: { "Retry-After": "1", "X-Request-ID": "a-request" },
            json: { detail: "…", code: "service_unavailable", request_id: "a-request" },
          })
        : route.continue(),
    );
    await open(page, "/", language);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText(words.states.down);
    await expect(alert).toContainText("a-request");
    isDown = false;
    // By itself.
    await expect(page.locator(".keyword").first()).toBeVisible();
    await expect(alert).toHaveCount(0);
  });

  test(`a server that is not reached is said, and tried again on a click (${language})`, async ({
    page,
  }) => {
    await page.route(HOME, (route) => route.abort());
    await open(page, "/", language);
    await expect(page.getByRole("alert")).toContainText(words.states.offline);
    await page.unroute(HOME);
    await page.getByRole("button", { name: words.states.retry }).click();
    await expect(page.locator(".keyword").first()).toBeVisible();
  });

  test(`an answer that is cut is none, and asked for again (${language})`, async ({ page }) => {
    let isCut = true;
    await page.route(HOME, (route) =>
      isCut
        ? route.fulfill({ contentType: "application/json", body: '[{"type":"인기","key' })
        : route.continue(),
    );
    await open(page, "/", language);
    await expect(page.getByRole("alert")).toContainText(words.states.offline);
    isCut = false;
    await expect(page.locator(".keyword").first()).toBeVisible();
  });

  test(`old data says how old it is (${language})`, async ({ page }) => {
    let isOld = true;
    await page.route(HOME, async (route) => {
      const reply = await route.fetch();
      const old = { "cache-status": "replica; hit; ttl=-365", Age: "425" };
      await route.fulfill({
        response: reply,
        headers: { ...reply.headers(), ...(isOld && old) },
      });
    });
    await open(page, "/", language);
    await expect(page.locator(".keyword").first()).toBeVisible();
    const note = page.getByTestId("stale");
    await expect(note).toHaveText(words.states.stale(words.states.minutes(7)));
    isOld = false;
    await expect(note).toHaveCount(0);
  });

  test(`a slow answer keeps its place, and the page says so (${language})`, async ({ page }) => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(HOME, async (route) => {
      await held;
      await route.continue();
    });
    await open(page, "/", language);
    await expect(page.locator(".skeleton-row").first()).toBeVisible();
    await expect(page.getByText(words.states.slow)).toBeVisible();
    release?.();
    await expect(page.locator(".keyword").first()).toBeVisible();
    await expect(page.getByText(words.states.slow)).toHaveCount(0);
  });

  test(`an address that is none is said to be none (${language})`, async ({ page }) => {
    for (const path of ["/nothing", "/videos/x", "/channels/1/2", "/keyword/1"]) {
      await open(page, path, language);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.notFound.title);
    }
    await page.getByRole("link", { name: words.notFound.home }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.home.title);
  });
}

test("nothing jumps while a page loads", async ({ page }) => {
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        seen.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const keyword = `/keyword?q=${encodeURIComponent("먹방")}`;
  for (const path of ["/", keyword, "/channels", "/channels/1", "/videos/1"]) {
    await open(page, path);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const shift = await page.evaluate(
      () => (window as unknown as { seen: { shift: number } }).seen.shift,
    );
    // What the Web Vitals call good.
    expect(shift, path).toBeLessThan(0.1);
  }
});

test("the language and the theme are kept", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await page.getByTestId("language").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByTestId("theme").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keywords on the rise");
});
