import { formatFullDate, nextWeekday, today } from "../src/format/dates";
import { formatRatio } from "../src/format/numbers";
import { expect, LANGUAGES, open, test } from "./support";

for (const { language, t } of LANGUAGES) {
  test(`best_times_show_known_hours_only (${language})`, async ({ page }) => {
    const hours = Array.from({ length: 168 }, (_, index) => ({
      weekday: Math.floor(index / 24) + 1,
      hour: index % 24,
      videos: index === 18 ? 7 : 1,
      median_ratio: index === 18 ? 2.14 : null,
    }));
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 174, hours } }),
    );
    await open(page, "/channels/1", language);
    const [monday = ""] = t.bestTimes.weekdays;
    await expect(page.locator(".best-hours li")).toHaveText(
      `${t.bestTimes.time(monday, 18)} ${t.bestTimes.ratio(formatRatio(2.14, language), 7)}`,
    );
    const row = page.locator(".heat-map").getByRole("row", { name: monday }).first();
    await expect(row.getByRole("cell").nth(18)).toHaveText("2.14");
    await expect(page.locator(".heat-map td").filter({ hasText: /\d/ })).toHaveCount(1);
  });

  test(`heat_map_of_a_small_screen_shows_the_best_hour (${language})`, async ({ page }) => {
    let hours = [
      { weekday: 1, hour: 2, videos: 9, median_ratio: 1.3 },
      { weekday: 1, hour: 20, videos: 9, median_ratio: 2.5 },
    ];
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 18, hours } }),
    );
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, "/channels/1", language);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const map = page.locator(".heat-map");
    await map.scrollIntoViewIfNeeded();
    await expect(map.getByRole("cell", { name: "2.50" })).toBeInViewport();
    await expect(map.getByRole("cell", { name: "1.30" })).not.toBeInViewport();
    // Without a time that is clearly better, the first known one.
    hours = [{ weekday: 1, hour: 16, videos: 9, median_ratio: 1.1 }];
    await page.reload();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await map.scrollIntoViewIfNeeded();
    await expect(map.getByRole("cell", { name: "1.10" })).toBeInViewport();
  });

  test(`small_differences_between_hours_are_not_named (${language})`, async ({ page }) => {
    const hours = [1.06, 1.153, 1.194].map((median_ratio, hour) => ({
      weekday: 1,
      hour,
      videos: 9,
      median_ratio,
    }));
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 18, hours } }),
    );
    await open(page, "/channels/1", language);
    await expect(page.getByText(t.bestTimes.noneBetter(formatRatio(1.2, language)))).toBeVisible();
    await expect(page.locator(".best-hours li")).toHaveCount(0);
    // Not rounded to 1.2.
    const known = page.locator(".heat-map td").filter({ hasText: /\d/ });
    await expect(known).toHaveText(["1.06", "1.15", "1.19"]);
  });

  test(`best_times_without_known_hours_say_what_is_missing (${language})`, async ({ page }) => {
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 3, hours: [] } }),
    );
    await open(page, "/channels/1", language);
    await expect(page.getByText(t.bestTimes.empty(3))).toBeVisible();
  });

  test(`best_times_of_a_keyword_or_of_the_category_are_shown_once (${language})`, async ({
    page,
  }) => {
    let keywordHours = [{ weekday: 6, hour: 18, videos: 7, median_ratio: 2.14 }];
    const categoryHours = [{ weekday: 3, hour: 9, videos: 8, median_ratio: 1.5 }];
    const queries: string[] = [];
    await page.route("**/api/videos/best_times/*", (route) => {
      const { search, searchParams } = new URL(route.request().url());
      queries.push(search);
      const hours = searchParams.has("category") ? categoryHours : keywordHours;
      return route.fulfill({ json: { videos: 14, hours } });
    });
    const heading = page.getByRole("heading", { name: new RegExp(`^${t.bestTimes.title}`) });
    const plan = page.getByRole("link", { name: t.keyword.planVideo });
    await open(page, "/keyword?q=bts&category=24", language);
    await expect(heading).toHaveText(`${t.bestTimes.title}: bts`);
    const time = `&date=${nextWeekday(today(), 6)}&hour=18&`;
    await expect(plan).toHaveAttribute("href", new RegExp(time));
    expect(queries).toEqual(["?keyword=bts"]);
    keywordHours = [];
    await page.reload();
    await expect(heading).toHaveText(`${t.bestTimes.title}: ${t.categories[24]}`);
    const other = `&date=${nextWeekday(today(), 3)}&hour=9&`;
    await expect(plan).toHaveAttribute("href", new RegExp(other));
    expect(queries.slice(1)).toEqual(["?keyword=bts", "?category=24"]);
  });

  test(`hour_of_the_heat_map_is_planned_with_its_weekday (${language})`, async ({ page }) => {
    const hours = [
      { weekday: 6, hour: 18, videos: 7, median_ratio: 2.14 },
      { weekday: 2, hour: 9, videos: 7, median_ratio: 1.3 },
      { weekday: 3, hour: 4, videos: 7, median_ratio: 0.5 },
    ];
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 21, hours } }),
    );
    await open(page, "/keyword?q=bts&subscribers=15000", language);
    await expect(page.locator(".heat-map a")).toHaveText(["1.30", "2.14"]);
    const best = page.locator(".best-hours").getByRole("link").nth(1);
    await expect(best).toHaveAttribute("href", /&hour=9&/);
    await page.locator(".heat-map").getByRole("link", { name: "1.30" }).click();
    const draft = page.getByRole("form", { name: t.predict.draft("A") });
    const date = nextWeekday(today(), 2);
    await expect(draft.getByRole("button", { name: t.predict.date })).toHaveText(
      formatFullDate(date, language),
    );
    await expect(draft.getByLabel(t.predict.hour)).toHaveValue("9");
    await expect(draft.getByText(t.predict.timeIsBest)).toBeVisible();
    await draft.getByLabel(t.predict.hour).selectOption("21");
    const sent = page.waitForRequest("**/api/views_predict/");
    await draft.getByRole("button", { name: t.predict.submitAgain }).click();
    expect((await sent).postDataJSON()).toMatchObject({ upload_date: `${date}T21:00` });
    await expect(page).toHaveURL(/&a_hour=21/);
    await page.goto("/predict?hour=24");
    await expect(draft.getByLabel(t.predict.hour)).toHaveValue("21");
  });
}
