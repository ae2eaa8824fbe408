import { formatCount, formatNumber, formatSigned } from "../src/format/numbers";
import { expect, getJson, LANGUAGES, logIn, open, test, UNAVAILABLE } from "./support";

const AUTH = "/api/accounts/auth";

for (const { language, t } of LANGUAGES) {
  test(`planning_from_size_to_forecast_takes_six_clicks (${language})`, async ({ page }) => {
    let clicks = 0;
    const click = async (locator: ReturnType<typeof page.locator>) => {
      clicks += 1;
      await locator.click();
    };
    await open(page, "/", language);
    const form = page.getByRole("form", { name: t.plan.title });
    await form.getByRole("textbox", { name: t.filters.subscribers }).fill("15,000");
    await form.getByRole("combobox", { name: t.filters.category }).selectOption("26");
    clicks += 1;
    await click(form.getByRole("button", { name: t.plan.submit }));
    await expect(page).toHaveURL("/rising?subscribers=15000&category=26");

    const keyword = page.locator(".keyword-table tbody a").first();
    const name = (await keyword.textContent()) ?? "";
    await click(keyword);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    const address = new URL(page.url()).searchParams;
    expect(Object.fromEntries(address)).toEqual({ q: name, subscribers: "15000", category: "26" });
    await expect(page.getByRole("heading", { name: t.score.title })).toBeVisible();
    const outliers = page.getByRole("region", { name: t.ranking.similarOutliers });
    await expect(outliers.locator(".ranked-video").first()).toBeVisible();

    await click(page.getByRole("link", { name: t.keyword.planVideo }));
    const draft = page.getByRole("form", { name: t.predict.draft("A") });
    await expect(draft.getByLabel(t.predict.subscribers, { exact: true })).toHaveValue("15000");
    await expect(draft.getByLabel(t.predict.category)).toHaveValue("26");
    await click(page.locator(".recommendation-actions button").first());
    const title = await draft.getByLabel(t.predict.videoTitle).inputValue();
    expect(title).not.toBe("");
    await click(draft.getByRole("button", { name: t.predict.submit }));
    await expect(page.locator('[data-prediction="A"]')).toBeVisible();
    expect(clicks).toBeLessThanOrEqual(6);

    // The address restores the draft without the storage of this tab.
    const url = page.url();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(url);
    await expect(draft.getByLabel(t.predict.videoTitle)).toHaveValue(title);
    await expect(draft.getByLabel(t.predict.category)).toHaveValue("26");
  });

  test(`plan_form_without_a_size_says_what_is_missing (${language})`, async ({ page }) => {
    await open(page, "/", language);
    const form = page.getByRole("form", { name: t.plan.title });
    await form.getByRole("button", { name: t.plan.submit }).click();
    await expect(form.getByText(t.filters.subscribersInvalid)).toBeVisible();
    await expect(page).toHaveURL("/");
  });

  test(`home_of_an_account_shows_its_channel (${language})`, async ({ page, request, account }) => {
    const token = await logIn(request, account);
    const own = 1;
    const update = await request.patch(`${AUTH}/userinfo/update/`, {
      headers: { Authorization: `Token ${token}` },
      data: { own_channel: own },
    });
    expect(update.status()).toBe(200);
    const { days } = await getJson(request, "/api/channels/{idx}/daily/", { idx: own, days: 28 });
    const complete = days.filter((day) => day.is_complete);
    const week = complete.slice(-7);
    const uploads = week.reduce((sum, day) => sum + day.uploads, 0);
    const gained = week.map((day) => day.subscribers_gained);
    const setToken = (stored: string) => localStorage.setItem("createtrend.token", stored);
    await page.addInitScript(setToken, token);
    const risingPromise = page.waitForResponse(/\/api\/trends\/rising\/.*subscribers=/);
    await open(page, "/", language);
    const rising = (await (await risingPromise).json()) as { results: { keyword: string }[] };
    const section = page.getByTestId("my-channel");
    await expect(section.locator(`[data-stat="${t.stats.uploads}"] .stat-value`)).toHaveText(
      t.units.videos(formatCount(uploads, language)),
    );
    await expect(
      section.locator(`[data-stat="${t.stats.subscribersGained}"] .stat-value`),
    ).toHaveText(
      gained.some((value) => value == null)
        ? "–"
        : formatSigned(
            gained.reduce<number>((sum, value) => sum + (value ?? 0), 0),
            language,
          ),
    );
    await expect(section.locator(".video-row").first()).toBeVisible();
    await expect(section.getByTestId("outlier")).toBeVisible();
    const ideas = section.getByRole("region", { name: t.myChannel.ideas });
    await expect(ideas.locator("li b")).toHaveText(
      rising.results.slice(0, 3).map(({ keyword }) => keyword),
    );
    await ideas
      .getByRole("link", { name: new RegExp(t.myChannel.plan) })
      .first()
      .click();
    await expect(page).toHaveURL(/\/predict\?q=.+&subscribers=\d+$/);
  });

  test(`home_reports_an_own_channel_that_fails_to_load (${language})`, async ({
    page,
    request,
    account,
  }) => {
    const token = await logIn(request, account);
    const update = await request.patch(`${AUTH}/userinfo/update/`, {
      headers: { Authorization: `Token ${token}` },
      data: { own_channel: 1 },
    });
    expect(update.status()).toBe(200);
    const setToken = (stored: string) => localStorage.setItem("createtrend.token", stored);
    await page.addInitScript(setToken, token);
    const user = `**${AUTH}/user/`;
    const channel = "**/api/youtuber_search/channel_list/1/";
    const alert = page.getByRole("alert");
    const section = page.getByTestId("my-channel");

    await page.route(user, (route) => route.fulfill(UNAVAILABLE));
    await open(page, "/", language);
    await expect(alert).toContainText(t.states.unavailable);
    await page.unroute(user);
    await alert.getByRole("button", { name: t.states.retry }).click();
    await expect(section).toBeVisible();

    await page.route(channel, (route) => route.fulfill(UNAVAILABLE));
    await page.reload();
    await expect(alert).toContainText(t.states.unavailable);
    await page.unroute(channel);
    await expect(section).toBeVisible();

    const json = { detail: "…", code: "not_found", request_id: "a-request" };
    await page.route(channel, (route) => route.fulfill({ status: 404, json }));
    await page.reload();
    await expect(page.getByText(t.myChannel.notFound)).toBeVisible();
    await page.getByRole("link", { name: t.myChannel.choose }).click();
    await expect(page).toHaveURL("/account");
  });

  test(`keyword_figures_are_those_of_complete_days (${language})`, async ({ page }) => {
    const points = Array.from({ length: 28 }, (_, index) => ({
      date: `2026-11-${String(index + 1).padStart(2, "0")}`,
      videos: index < 20 ? 10 : 20,
      channels: 5,
      views: 1000,
      is_complete: index < 27,
    }));
    await page.route("**/api/keywords/history/*", (route) =>
      route.fulfill({
        json: {
          unit: "day",
          from: "2026-11-01",
          until: "2026-11-28",
          keywords: [{ keyword: "먹방", points }],
        },
      }),
    );
    await open(page, "/keyword?q=먹방", language);
    const videos = page.locator(`[data-stat="${t.stats.keywordUploads}"]`);
    await expect(videos.locator(".stat-value")).toHaveText(t.units.videos("140"));
    await expect(videos.locator(".change-up")).toHaveText(language === "ko" ? "2배" : "2×");
    const channels = page.locator(`[data-stat="${t.stats.keywordChannels}"]`);
    await expect(channels.locator(".stat-value")).toHaveText(
      t.stats.channels(formatNumber(5, language)),
    );
    await expect(channels.locator(".stat-note")).toContainText("±0%");
  });

  test(`tables_are_sorted_by_the_address (${language})`, async ({ page, request }) => {
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
