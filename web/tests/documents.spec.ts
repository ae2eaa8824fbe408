import type { Page } from "@playwright/test";
import { expect, test, logIn } from "./support";

/** Records console errors and the hosts of all requests. */
async function recordActivity(page: Page): Promise<{ errors: string[]; hosts: Set<string> }> {
  const activity = { errors: [] as string[], hosts: new Set<string>() };
  page.on("console", (message) => {
    if (message.type() === "error") activity.errors.push(message.text());
  });
  await page.context().route(/^https?:/, (route) => {
    activity.hosts.add(new URL(route.request().url()).host);
    return route.continue();
  });
  return activity;
}

test("swagger_ui_shows_the_document_and_sends_authenticated_requests", async ({
  page,
  request,
  account,
}) => {
  const activity = await recordActivity(page);
  await page.goto("/swagger");
  await expect(page).toHaveURL(/\/swagger\/$/);
  await expect(page.locator(".info .title")).toContainText("CreateTrend");
  const { paths } = (await (await request.get("/swagger.json")).json()) as { paths: object };
  const operations = Object.values(paths).flatMap((operation: object) => Object.keys(operation));
  await expect(page.locator(".opblock")).toHaveCount(operations.length);

  // A public operation.
  const top = page.locator(".opblock", { hasText: "/api/channel_analyze/" }).first();
  await top.locator(".opblock-summary-control").click();
  await top.getByRole("button", { name: "Execute" }).click();
  const status = ".live-responses-table tbody .response-col_status";
  await expect(top.locator(status).first()).toHaveText(/200/);

  // An operation that requires a token, entered without the scheme.
  const user = page.locator("#operations-auth-user");
  await user.locator(".opblock-summary-control").click();
  await user.getByRole("button", { name: "Execute" }).click();
  await expect(user.locator(status).first()).toHaveText(/401/);
  const token = await logIn(request, account);
  await page.locator(".auth-wrapper .authorize").first().click();
  const dialog = page.locator(".dialog-ux");
  const scheme = dialog.locator("form", { hasText: "token (apiKey)" });
  await scheme.locator("input").fill(token);
  await scheme.locator(".authorize").click();
  await scheme.locator(".btn-done").click();
  await user.getByRole("button", { name: "Execute" }).click();
  await expect(user.locator(status).first()).toHaveText(/200/);
  await expect(user.locator(".live-responses-table")).toContainText(account.username);
  await expect(user.locator(".curl")).toContainText(`Authorization: Token ${token}`);

  // The token persists.
  await page.reload();
  await user.getByRole("button", { name: "Execute" }).click();
  await expect(user.locator(status).first()).toHaveText(/200/);

  // Chromium logs the 401 response above as an error.
  expect(activity.errors.filter((text) => !text.includes("401"))).toEqual([]);
  expect([...activity.hosts]).toEqual([new URL(page.url()).host]);
});

test("redoc_shows_and_searches_the_document", async ({ page }) => {
  const activity = await recordActivity(page);
  await page.goto("/redoc");
  await expect(page).toHaveURL(/\/redoc\/$/);
  await expect(page.getByRole("heading", { level: 1 }).first()).toContainText("CreateTrend");
  await expect(page.locator('[id="tag/predict/operation/views_predict"]')).toBeAttached();
  await page.getByRole("textbox").first().fill("login");
  await expect(page.locator('[data-role="search:results"] li').first()).toBeVisible();
  expect(activity.errors).toEqual([]);
  expect([...activity.hosts]).toEqual([new URL(page.url()).host]);
});

test("unknown_document_path_returns_a_json_error", async ({ request }) => {
  for (const path of ["/swagger/nothing", "/swaggering", "/redoc/nothing", "/redoc.json"]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(404);
    expect(((await response.json()) as { code: string }).code, path).toBe("not_found");
  }
});

test("document_descriptions_are_also_in_korean", async ({ request }) => {
  const document: unknown = await (await request.get("/swagger.json")).json();
  const missing: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === "description" && typeof child === "string" && !/[가-힣]/.test(child)) {
        missing.push(child);
      }
      visit(child);
    }
  };
  visit(document);
  expect(missing).toEqual([]);
});
