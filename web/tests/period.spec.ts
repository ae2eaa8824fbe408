import type { Language } from "../src/i18n";
import { addDays, formatDateRange, formatFullDate, today } from "../src/format/dates";
import { formatChange, formatCount } from "../src/format/numbers";
import { expect, getJson, LANGUAGES, open, waitForChart, test } from "./support";

/** 11월 28일, 28 November. */
function formatLongDate(date: string, language: Language): string {
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  const options = { month: "long", day: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(date));
}

for (const { language, t } of LANGUAGES) {
  test(`period_is_compared_with_the_one_before (${language})`, async ({ page, request }) => {
    await open(page, "/channels/1?days=7&metric=uploads", language);
    await page.getByRole("checkbox", { name: t.period.compare }).click();
    await expect(page).toHaveURL("/channels/1?days=7&metric=uploads&compare=previous");
    const { days } = await getJson(request, "/api/channels/{idx}/daily/", { idx: 1, days: 14 });
    const sum = (from: number, to: number) =>
      days.slice(from, to).reduce((total, day) => total + day.uploads, 0);
    // Without today, which is not over, and its counterpart.
    const [before, now] = [sum(0, 6), sum(7, 13)];
    const changes = page.getByTestId("period-changes");
    await expect(changes).toContainText(t.period.current(formatCount(now, language)));
    await expect(changes).toContainText(t.period.before(formatCount(before, language)));
    await expect(changes).toContainText(formatChange(now / before, language));
    await expect(page.locator(".history-table tbody tr")).toHaveCount(7);
    await waitForChart(page, 1);
    const legend = page.locator(".chart", { has: page.locator(".chart-legend-previous") });
    await expect(legend.locator(".chart-legend span")).toHaveText([
      t.charts.dashedPrevious,
      t.charts.dashedIncomplete,
    ]);
    await page.goBack();
    await expect(changes).toHaveCount(0);
    await expect(page.locator(".chart-legend-previous")).toHaveCount(0);
  });

  test(`period_is_selected_in_a_calendar_of_the_language (${language})`, async ({ page }) => {
    await open(page, "/compare?channel=1", language);
    await page.getByRole("button", { name: t.period.choose }).click();
    const dialog = page.getByRole("dialog", { name: t.period.choose });
    await dialog.getByRole("button", { name: t.period.previousMonth }).click();
    const month = addDays(`${today().slice(0, 7)}-01`, -1).slice(0, 7);
    const dayName = (day: number) => formatLongDate(addDays(`${month}-01`, day - 1), language);
    await dialog.getByRole("button", { name: dayName(3), exact: true }).click();
    await dialog.getByRole("button", { name: dayName(10), exact: true }).click();
    const [start, end] = [`${month}-03`, `${month}-10`];
    await expect(page).toHaveURL(`/compare?channel=1&start=${start}&end=${end}`);
    await expect(dialog).toHaveCount(0);
    await expect(
      page.getByRole("button", { name: formatDateRange(start, end, language) }),
    ).toBeVisible();
  });

  test(`upload_date_is_selected_with_the_keyboard (${language})`, async ({ page }) => {
    await open(page, "/predict", language);
    const form = page.getByRole("form", { name: t.predict.draft("A") });
    const tomorrow = addDays(today(), 1);
    const next = addDays(tomorrow, 1);
    const dayButton = (day: string) =>
      page.getByRole("button", { name: formatLongDate(day, language), exact: true });
    const date = form.getByRole("button", { name: t.predict.date });
    await expect(date).toHaveText(formatFullDate(tomorrow, language));
    await date.press("Enter");
    await expect(page.getByRole("dialog", { name: t.predict.date })).toBeVisible();
    await expect(dayButton(tomorrow)).toBeFocused();
    await page.keyboard.press("ArrowRight");
    // A day of the next month is drawn and focused later.
    await expect(dayButton(next)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(date).toHaveText(formatFullDate(next, language));
    await expect(date).toBeFocused();
  });

  test(`selecting_a_period_keeps_the_other_parameters (${language})`, async ({ page }) => {
    await open(page, "/channels/1?by=week&metric=uploads", language);
    await page.getByRole("link", { name: t.period.days(90), exact: true }).click();
    await expect(page).toHaveURL("/channels/1?by=week&metric=uploads&days=90");
    await page.getByRole("checkbox", { name: t.period.compare }).click();
    await expect(page).toHaveURL("/channels/1?by=week&metric=uploads&days=90&compare=previous");
    await page.getByRole("link", { name: t.period.all, exact: true }).click();
    await expect(page).toHaveURL("/channels/1?by=week&metric=uploads&compare=previous");
  });
}
