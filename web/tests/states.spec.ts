import { en } from "../src/i18n/en";
import { expect, LANGUAGES, open, test, UNAVAILABLE } from "./support";

const HOME = "**/api/channel_analyze/?*";

for (const { language, t } of LANGUAGES) {
  test(`sections_whose_request_fails_say_so (${language})`, async ({ page }) => {
    const paths = /\/api\/(trends\/rising|videos\/outliers|videos\/1\/(outlier|forecast))\//;
    await page.route(paths, (route) => route.fulfill(UNAVAILABLE));
    const expectRetry = async (title: string, element: string) => {
      const section = page.locator(element).filter({ hasText: title });
      await expect(section).toContainText(t.states.unavailable);
      await expect(section.getByRole("button", { name: t.states.retry })).toBeVisible();
    };
    await open(page, "/", language);
    await expectRetry(t.rising.rising, ".home-rising");
    await expectRetry(t.ranking.outliers, ".home-outliers");
    await page.goto("/videos/1");
    await expectRetry(t.outlier.title, ".figure");
    await expectRetry(t.video.forecast, ".figure");
    await page.unroute(paths);
    const comparison = page.locator(".figure").filter({ hasText: t.outlier.title });
    await comparison.getByRole("button", { name: t.states.retry }).click();
    await expect(page.getByTestId("outlier")).toBeVisible();
  });

  test(`unavailable_service_is_reported_and_the_page_recovers (${language})`, async ({ page }) => {
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
    await expect(alert).toContainText(t.states.unavailable);
    await expect(alert).toContainText("a-request");
    isDown = false;
    // Retried automatically.
    await expect(page.locator(".keyword").first()).toBeVisible();
    await expect(alert).toHaveCount(0);
  });

  test(`network_error_is_reported_and_can_be_retried (${language})`, async ({ page }) => {
    await page.route(HOME, (route) => route.abort());
    await open(page, "/", language);
    await expect(page.getByRole("alert")).toContainText(t.states.offline);
    await page.unroute(HOME);
    await page.getByRole("button", { name: t.states.retry }).click();
    await expect(page.locator(".keyword").first()).toBeVisible();
  });

  test(`page_whose_script_fails_offers_a_reload (${language})`, async ({ page }) => {
    const script = /\/assets\/predict-page-[^/]*\.js$/;
    await page.route(script, (route) => route.fulfill({ status: 404 }));
    await open(page, "/predict", language);
    await expect(page.getByRole("alert")).toContainText(t.states.failed);
    await page.unroute(script);
    await page.getByRole("button", { name: t.states.retry }).click();
    await expect(page.getByRole("heading", { name: t.predict.title, level: 1 })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test(`keyword_over_100_characters_is_explained (${language})`, async ({ page }) => {
    await open(page, `/keyword?q=${"a".repeat(101)}`, language);
    await expect(page.getByText(t.keyword.tooLong)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test(`truncated_response_is_an_error_and_retried (${language})`, async ({ page }) => {
    let isTruncated = true;
    await page.route(HOME, (route) =>
      isTruncated
        ? route.fulfill({ contentType: "application/json", body: '[{"type":"인기","key' })
        : route.continue(),
    );
    await open(page, "/", language);
    await expect(page.getByRole("alert")).toContainText(t.states.offline);
    isTruncated = false;
    await expect(page.locator(".keyword").first()).toBeVisible();
  });

  test(`stale_data_shows_its_age (${language})`, async ({ page }) => {
    let isStale = true;
    await page.route(HOME, async (route) => {
      const response = await route.fetch();
      const staleHeaders = { "cache-status": "replica; hit; ttl=-365", Age: "425" };
      await route.fulfill({
        response,
        headers: { ...response.headers(), ...(isStale && staleHeaders) },
      });
    });
    await open(page, "/", language);
    await expect(page.locator(".keyword").first()).toBeVisible();
    const note = page.getByTestId("stale");
    await expect(note).toHaveText(t.states.stale(t.states.minutes(7)));
    isStale = false;
    await expect(note).toHaveCount(0);
  });

  test(`failed_page_of_a_list_keeps_the_earlier_one (${language})`, async ({ page }) => {
    await open(page, "/channels", language);
    await expect(page.locator(".channel-card").first()).toBeVisible();
    await page.route(/channel_list\/\?/, (route) => route.fulfill(UNAVAILABLE));
    await page.getByRole("link", { name: t.pagination.next }).click();
    await expect(page.getByTestId("stale")).toHaveText(t.states.staleRecent);
    await expect(page.locator(".channel-card").first()).toBeVisible();
  });

  test(`error_without_a_request_id_does_not_mention_one (${language})`, async ({ page }) => {
    const json = { detail: "…", code: "invalid" };
    let headers: Record<string, string> = {};
    await page.route(HOME, (route) => route.fulfill({ status: 400, headers, json }));
    await open(page, "/", language);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText(t.states.failedWithoutId);
    headers = { "X-Request-ID": "a-request" };
    await page.getByRole("button", { name: t.states.retry }).click();
    await expect(alert).toContainText(t.states.failedDescription);
  });

  test(`slow_response_shows_a_skeleton_and_a_note (${language})`, async ({ page }) => {
    let release: (() => void) | undefined;
    const pending = new Promise<void>((resolve) => (release = resolve));
    await page.route(HOME, async (route) => {
      await pending;
      await route.continue();
    });
    await open(page, "/", language);
    await expect(page.locator(".skeleton-row").first()).toBeVisible();
    await expect(page.getByText(t.states.slow)).toBeVisible();
    release?.();
    await expect(page.locator(".keyword").first()).toBeVisible();
    await expect(page.getByText(t.states.slow)).toHaveCount(0);
  });

  test(`unknown_url_shows_the_not_found_page (${language})`, async ({ page }) => {
    for (const path of ["/nothing", "/channels/1/2", "/keyword/1"]) {
      await open(page, path, language);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.notFound.title);
    }
    await page.getByRole("link", { name: t.notFound.home }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.home.title);
  });

  test(`address_without_a_number_offers_a_search (${language})`, async ({ page }) => {
    for (const path of ["/videos/x", "/videos/12345678901"]) {
      await open(page, path, language);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.video.notFound);
    }
    await open(page, "/channels/%FF", language);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.channel.notFound);
    await open(page, "/channels/먹방", language);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.channel.notFound);
    await page.getByRole("link", { name: t.channels.findByName("먹방") }).click();
    await expect(page).toHaveURL(`/channels?name=${encodeURIComponent("먹방")}`);
  });
}

test("pages_load_without_layout_shift", async ({ page }) => {
  await page.addInitScript(() => {
    const layout = { shift: 0 };
    Object.assign(window, { layout });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        layout.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const keyword = `/keyword?q=${encodeURIComponent("먹방")}`;
  for (const path of ["/", keyword, "/channels", "/channels/1", "/videos/1"]) {
    await open(page, path);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const shift = await page.evaluate(
      () => (window as unknown as { layout: { shift: number } }).layout.shift,
    );
    // "Good" according to the Web Vitals.
    expect(shift, path).toBeLessThan(0.1);
  }
});

test("language_and_theme_persist", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await page.getByTestId("language").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByTestId("theme").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(en.home.title);
});
