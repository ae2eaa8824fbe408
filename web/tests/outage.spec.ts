import { execFileSync } from "node:child_process";
import { expect, LANGUAGES, open, test, topKeyword } from "./support";

/** Configuration file of supervisord, set by scripts/test-web. */
const SUPERVISOR = process.env.CREATETREND_SUPERVISOR ?? "";

function elasticsearch(action: "stop" | "start"): void {
  execFileSync("supervisorctl", ["-c", SUPERVISOR, action, "elasticsearch"]);
}

test.describe.configure({ mode: "serial", timeout: 150_000 });
test.skip(!SUPERVISOR, "needs a dedicated instance");
test.afterAll(() => elasticsearch("start"));

const [korean] = LANGUAGES;
if (!korean) throw new Error("no translations");
const { t } = korean;

test("elasticsearch_outage_affects_only_searches_and_pages_recover", async ({ page, request }) => {
  const known = await topKeyword(request);
  await open(page, `/keyword?q=${encodeURIComponent(known)}`);
  await expect(page.locator(".wordmap")).toBeVisible();
  elasticsearch("stop");

  // A keyword that no cache contains.
  const unknown = `먹방 ${crypto.randomUUID().slice(0, 8)}`;
  await page.getByRole("combobox").first().fill(unknown);
  await page.getByRole("combobox").first().press("Enter");
  await expect(page.getByRole("alert").first()).toContainText(t.states.unavailable);

  // The earlier search is cached.
  await page.goBack();
  await expect(page.locator(".wordmap")).toBeVisible();

  // Other pages still work.
  await page.getByRole("link", { name: t.nav.channels }).first().click();
  await page.locator(".channel-card").first().click();
  await expect(page.locator(".sortable .table-title").first()).toBeVisible();
  await page.locator(".sortable .table-title").first().click();
  await expect(page.locator(".figure-value").first()).toBeVisible();

  await page.goto(`/keyword?q=${encodeURIComponent(unknown)}`);
  await expect(page.getByRole("alert").first()).toContainText(t.states.unavailable);
  elasticsearch("start");
  await expect(page.getByText(t.keyword.noResults(unknown))).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("alert")).toHaveCount(0);
});
