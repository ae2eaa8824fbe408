import type { Page } from "@playwright/test";
import { expect, test, tokenOf } from "./support";

/** Opens a page that must ask nobody but this gateway, and must not complain. */
async function watch(page: Page): Promise<{ errors: string[]; hosts: Set<string> }> {
  const seen = { errors: [] as string[], hosts: new Set<string>() };
  page.on("console", (message) => {
    if (message.type() === "error") seen.errors.push(message.text());
  });
  await page.context().route(/^https?:/, (route) => {
    seen.hosts.add(new URL(route.request().url()).host);
    return route.continue();
  });
  return seen;
}

test("the document is shown by Swagger UI, and tried out with a token", async ({
  page,
  request,
  account,
}) => {
  const seen = await watch(page);
  await page.goto("/swagger");
  await expect(page).toHaveURL(/\/swagger\/$/);
  await expect(page.locator(".info .title")).toContainText("CreateTrend");
  const { paths } = (await (await request.get("/swagger.json")).json()) as { paths: object };
  const operations = Object.values(paths).flatMap((one: object) => Object.keys(one));
  await expect(page.locator(".opblock")).toHaveCount(operations.length);

  // What is open to all.
  const top = page.locator(".opblock", { hasText: "/api/channel_analyze/" }).first();
  await top.locator(".opblock-summary-control").click();
  await top.getByRole("button", { name: "Execute" }).click();
  const answer = ".live-responses-table tbody .response-col_status";
  await expect(top.locator(answer).first()).toHaveText(/200/);

  // What is not: the token alone, as it was given.
  const user = page.locator("#operations-auth-user");
  await user.locator(".opblock-summary-control").click();
  await user.getByRole("button", { name: "Execute" }).click();
  await expect(user.locator(answer).first()).toHaveText(/401/);
  const token = await tokenOf(request, account);
  await page.locator(".auth-wrapper .authorize").first().click();
  const dialog = page.locator(".dialog-ux");
  await dialog.locator("input").fill(token);
  await dialog.locator(".authorize").click();
  await dialog.locator(".btn-done").click();
  await user.getByRole("button", { name: "Execute" }).click();
  await expect(user.locator(answer).first()).toHaveText(/200/);
  await expect(user.locator(".live-responses-table")).toContainText(account.username);
  await expect(user.locator(".curl")).toContainText(`Authorization: Token ${token}`);

  // It is kept.
  await page.reload();
  await user.getByRole("button", { name: "Execute" }).click();
  await expect(user.locator(answer).first()).toHaveText(/200/);

  // But for the 401 above, which Chromium calls an error.
  expect(seen.errors.filter((text) => !text.includes("401"))).toEqual([]);
  expect([...seen.hosts]).toEqual([new URL(page.url()).host]);
});

test("the document is shown by Redoc, and searched", async ({ page }) => {
  const seen = await watch(page);
  await page.goto("/redoc");
  await expect(page).toHaveURL(/\/redoc\/$/);
  await expect(page.getByRole("heading", { level: 1 }).first()).toContainText("CreateTrend");
  await expect(page.locator('[id="tag/predict/operation/views_predict"]')).toBeAttached();
  await page.getByRole("textbox").first().fill("login");
  await expect(page.locator('[data-role="search:results"] li').first()).toBeVisible();
  expect(seen.errors).toEqual([]);
  expect([...seen.hosts]).toEqual([new URL(page.url()).host]);
});

test("what is no page of the document is an error in JSON", async ({ request }) => {
  for (const path of ["/swagger/nothing", "/swaggering", "/redoc/nothing", "/redoc.json"]) {
    const reply = await request.get(path);
    expect(reply.status(), path).toBe(404);
    expect(((await reply.json()) as { code: string }).code, path).toBe("not_found");
  }
});

test("every text of the document is in Korean too", async ({ request }) => {
  const document: unknown = await (await request.get("/swagger.json")).json();
  const missing: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, one] of Object.entries(value)) {
      if (key === "description" && typeof one === "string" && !/[가-힣]/.test(one)) {
        missing.push(one);
      }
      look(one);
    }
  };
  look(document);
  expect(missing).toEqual([]);
});
