import { expect, getJson, LANGUAGES, open, test } from "./support";

for (const { language, t } of LANGUAGES) {
  test(`tables_are_sorted_by_the_url (${language})`, async ({ page, request }) => {
    const { results } = await getJson(request, "/api/videos/outliers/", { days: 28 });
    await open(page, "/outliers", language);
    await page.getByRole("link", { name: t.table.showTable }).click();
    const table = page.getByRole("table", { name: t.ranking.outliers });
    await table.getByRole("link", { name: t.video.views, exact: false }).last().click();
    await expect(page).toHaveURL("/outliers?view=table&sort=-views");
    const order = [...results].sort((a, b) => (b.views ?? -1) - (a.views ?? -1));
    await expect(table.locator("tbody th")).toHaveText(order.map(({ title }) => title));
    await expect(table.locator('th[aria-sort="descending"]')).toHaveCount(1);
    await page.reload();
    await expect(table.locator("tbody th").first()).toHaveText(order[0]?.title ?? "");
  });

  test(`table_that_is_cut_says_that_it_scrolls (${language})`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, "/rising", language);
    const frame = page.locator(".table-frame");
    await expect(frame).toContainText(t.table.scroll);
    await expect(frame).toHaveClass(/table-cut/);
    await frame.locator(".table-scroll").evaluate((table) => (table.scrollLeft = 9999));
    await expect(frame).not.toHaveClass(/table-cut/);
    await page.setViewportSize({ width: 1280, height: 844 });
    await expect(frame).not.toContainText(t.table.scroll);
  });
}
