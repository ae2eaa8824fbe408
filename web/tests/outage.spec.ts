import { execFileSync } from "node:child_process";
import { expect, LANGUAGES, open, test, topKeyword } from "./support";

/** The instance's supervisord, which scripts/test-web names. */
const SUPERVISOR = process.env.CREATETREND_SUPERVISOR ?? "";

function elasticsearch(action: "stop" | "start"): void {
  execFileSync("supervisorctl", ["-c", SUPERVISOR, action, "elasticsearch"]);
}

test.describe.configure({ mode: "serial", timeout: 150_000 });
test.skip(!SUPERVISOR, "needs an instance of its own");
test.afterAll(() => elasticsearch("start"));

const [korean] = LANGUAGES;
if (!korean) throw new Error("no words");
const { words } = korean;

test("without Elasticsearch, pages say so, show what they can, and go on by themselves", async ({
  page,
  request,
}) => {
  const known = await topKeyword(request);
  await open(page, `/keyword?q=${encodeURIComponent(known)}`);
  await expect(page.locator(".wordmap")).toBeVisible();
  elasticsearch("stop");

  // A keyword that nobody has asked for.
  const unknown = `먹방 ${crypto.randomUUID().slice(0, 8)}`;
  await page.getByRole("searchbox").fill(unknown);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("alert")).toContainText(words.states.down);

  // What was seen is still there.
  await page.goBack();
  await expect(page.locator(".wordmap")).toBeVisible();

  // What needs no search works as ever.
  await page.getByRole("link", { name: words.nav.channels }).first().click();
  await page.locator(".channel-card").first().click();
  await expect(page.locator(".video-row").first()).toBeVisible();
  await page.locator(".video-row").first().click();
  await expect(page.locator(".figure-value").first()).toBeVisible();

  await page.goto(`/keyword?q=${encodeURIComponent(unknown)}`);
  await expect(page.getByRole("alert")).toContainText(words.states.down);
  elasticsearch("start");
  await expect(page.getByText(words.keyword.nothing(unknown))).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("alert")).toHaveCount(0);
});
