import type { Page } from "@playwright/test";
import type { components } from "../src/api/schema";
import { formatFullDate, nextWeekday, today } from "../src/format/dates";
import { formatCount, formatSigned } from "../src/format/numbers";
import {
  expect,
  expectNoOverflow,
  expectNoSeriousViolations,
  getJson,
  LANGUAGES,
  logIn,
  open,
  PASSWORD,
  test,
  UNAVAILABLE,
  uniqueUsername,
} from "./support";

const AUTH = "/api/accounts/auth";

/** Counts the clicks that a page receives. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  let clicks = 0;
  await page.exposeFunction("reportClick", () => (clicks += 1));
  await page.addInitScript(() => {
    const { reportClick } = window as unknown as { reportClick: () => Promise<number> };
    const onPress = ({ isTrusted }: Event) => isTrusted && void reportClick();
    addEventListener("mousedown", onPress, { capture: true });
  });
  return async () => {
    // The reports of earlier clicks arrive before this response.
    await page.evaluate(() => undefined);
    return clicks;
  };
}

for (const { language, t } of LANGUAGES) {
  test(`planning_from_size_to_forecast_takes_six_clicks (${language})`, async ({ page }) => {
    const clicks = await countClicks(page);
    await open(page, "/", language);
    const form = page.getByRole("form", { name: t.plan.title });
    await form.getByRole("textbox", { name: t.filters.subscribers }).click();
    await page.keyboard.type("15,000");
    const category = form.getByRole("combobox", { name: t.filters.category });
    await category.click();
    // The browser's list of options is outside of the page.
    const clicksOnOptions = 1;
    await category.selectOption("26");
    await form.getByRole("button", { name: t.plan.submit }).click();
    await expect(page).toHaveURL("/rising?subscribers=15000&category=26");

    const keyword = page.locator(".keyword-table tbody a").first();
    const name = (await keyword.textContent()) ?? "";
    await keyword.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    const params = new URL(page.url()).searchParams;
    expect(Object.fromEntries(params)).toEqual({ q: name, subscribers: "15000", category: "26" });
    await expect(page.getByRole("heading", { name: t.score.title })).toBeVisible();
    await expect(page.locator(".keyword-results .ranked-video").first()).toBeVisible();

    const request = page.waitForRequest("**/api/views_predict/");
    await page.getByRole("link", { name: t.keyword.planVideo }).click();
    expect((await request).postDataJSON()).toMatchObject({
      video_name: name,
      channel_subscriber: "15000",
      category: 26,
    });
    await expect(page.locator('[data-prediction="A"]')).toBeVisible();
    // Size, category (2), form, keyword, plan.
    expect((await clicks()) + clicksOnOptions).toBe(6);

    // The URL restores the draft without the storage of this tab.
    const url = page.url();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(url);
    const draft = page.getByRole("form", { name: t.predict.draft("A") });
    await expect(draft.getByLabel(t.predict.videoTitle)).toHaveValue(name);
    await expect(draft.getByLabel(t.predict.subscribers, { exact: true })).toHaveValue("15000");
    await expect(draft.getByLabel(t.predict.category)).toHaveValue("26");
  });

  test(`plan_has_the_keyword_as_title_and_the_next_good_weekday (${language})`, async ({
    page,
  }) => {
    const hours = [
      { weekday: 3, hour: 9, videos: 6, median_ratio: 1.2 },
      { weekday: 6, hour: 18, videos: 7, median_ratio: 2.1 },
      { weekday: 7, hour: 18, videos: 1, median_ratio: null },
    ];
    await page.route("**/api/videos/best_times/*", (route) =>
      route.fulfill({ json: { videos: 14, hours } }),
    );
    await open(page, "/keyword?q=먹방&subscribers=15000", language);
    const date = nextWeekday(today(), 6);
    const plan = page.getByRole("link", { name: t.keyword.planVideo });
    await expect(plan).toHaveAttribute("href", new RegExp(`&date=${date}&`));
    await plan.click();
    await expect(page.locator('[data-prediction="A"]')).toBeVisible();
    const draft = page.getByRole("form", { name: t.predict.draft("A") });
    await expect(draft.getByText(t.predict.timeIsBest)).toBeVisible();
    await expect(draft.getByLabel(t.predict.date)).toContainText(formatFullDate(date, language));
    await expect(draft.getByText(t.predict.titleIsKeyword)).toBeVisible();
    await draft.getByLabel(t.predict.videoTitle).fill("혼자 먹는 저녁 먹방");
    await expect(draft.getByText(t.predict.titleIsKeyword)).toHaveCount(0);
    await expect(draft.getByText(t.predict.outdated)).toBeVisible();

    // Another plan replaces the title, and is predicted.
    await page.goto("/predict?q=라면&subscribers=15000&a_title=라면");
    await expect(draft.getByLabel(t.predict.videoTitle)).toHaveValue("라면");
    await expect(draft.getByText(t.predict.outdated)).toHaveCount(0);
    await expect(draft.getByRole("button", { name: t.predict.submitAgain })).toBeEnabled();
  });

  test(`back_from_rising_keywords_restores_the_form (${language})`, async ({ page }) => {
    await open(page, "/", language);
    const form = page.getByRole("form", { name: t.plan.title });
    const category = form.getByRole("combobox", { name: t.filters.category });
    await category.selectOption("26");
    await expect(page).toHaveURL("/?category=26");
    await page.locator(".list-recent .keyword").first().click();
    await expect(page).toHaveURL(/\/\?category=26&list=recent&keyword=/);
    await form.getByRole("textbox", { name: t.filters.subscribers }).fill("15000");
    await form.getByRole("button", { name: t.plan.submit }).click();
    await expect(page).toHaveURL("/rising?subscribers=15000&category=26");
    await page.goBack();
    await expect(category).toHaveValue("26");
    await expect(form.getByRole("textbox", { name: t.filters.subscribers })).toHaveValue("15000");
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
    // Channels of this size may have no rising keywords.
    const rising = ["먹방", "라면", "캠핑", "vlog"].map((keyword) => ({
      keyword,
      rate_ratio: 2.5,
      views_per_video: 12_000,
    }));
    const { category } = await getJson(request, "/api/channels/{idx}/", { idx: own });
    await page.route(/\/api\/trends\/rising\/.*(subscribers|category)=/, (route) => {
      const isOfCategory = route.request().url().includes(`category=${category}`);
      const results = isOfCategory ? rising.slice(-1) : rising;
      return route.fulfill({ json: { status: "ok", count: results.length, results } });
    });
    await open(page, "/", language);
    const section = page.getByTestId("my-channel");
    await expect(section.locator(`[data-stat="${t.stats.uploads}"] .stat-value`)).toHaveText(
      t.units.videos(formatCount(uploads, language)),
    );
    await expect(
      section.locator(`[data-stat="${t.stats.subscribersGained}"] .stat-value`),
    ).toHaveText(
      gained.some((value) => value == null)
        ? "–"
        : t.units.people(
            formatSigned(
              gained.reduce<number>((sum, value) => sum + (value ?? 0), 0),
              language,
            ),
          ),
    );
    await expect(section.locator(".video-row").first()).toBeVisible();
    await expect(section.getByTestId("outlier")).toBeVisible();
    const ideas = section.getByRole("region", { name: t.myChannel.ideas });
    // Those of the channel's category are first.
    await expect(ideas.locator("li b")).toHaveText(["vlog", "먹방", "라면"]);
    const name = t.categories[category as keyof typeof t.categories];
    await expect(ideas.getByText(t.myChannel.inCategory(name))).toHaveCount(1);
    await ideas
      .getByRole("link", { name: new RegExp(t.myChannel.plan) })
      .first()
      .click();
    await expect(page).toHaveURL(/\/predict\?q=.+&subscribers=\d+&category=\d+&a_title=/);
  });

  test(`ideas_are_filled_up_with_longer_rising_keywords_and_the_category (${language})`, async ({
    page,
  }) => {
    const token = (stored: string) => localStorage.setItem("createtrend.token", stored);
    await page.addInitScript(token, "a-token");
    const user = { id: 1, username: "먹방러", userinfo: { id: 1, user_id: 1, own_channel: 1 } };
    await page.route("**/api/accounts/auth/user/", (route) => route.fulfill({ json: user }));
    await page.route("**/api/me/**", (route) =>
      route.fulfill({ json: { entries: [], keywords: [], channels: [] } }),
    );
    await page.route(/\/api\/trends\/rising\/.*(subscribers|category)=/, (route) => {
      const { searchParams } = new URL(route.request().url());
      const names = searchParams.has("category")
        ? ["라면", "캠핑", "낚시"]
        : searchParams.get("days") === "28"
          ? ["먹방", "라 면"]
          : ["먹방"];
      const results = names.map((keyword) => ({
        keyword,
        channels: 11,
        previous_channels: 3,
        rate_ratio: 2.5,
        views_per_video: 12_000,
      }));
      return route.fulfill({ json: { status: "ok", count: results.length, results } });
    });
    await open(page, "/", language);
    const ideas = page.getByRole("region", { name: t.myChannel.ideas });
    await expect(ideas.locator("li b")).toHaveText(["먹방", "라 면", "캠핑"]);
    const rows = ideas.getByRole("listitem");
    await expect(ideas).toContainText(
      t.myChannel.ideasDescription([7, 28], t.myChannel.similarChannels),
    );
    await expect(rows.nth(0)).toContainText(
      t.myChannel.growth(t.myChannel.similarChannels, "11", 7, "0.8"),
    );
    await expect(rows.nth(0)).toContainText(t.period.lastDays(7));
    await expect(rows.nth(0)).toContainText(t.units.views(formatCount(12_000, language)));
    await expect(rows.nth(1)).toContainText(t.period.lastDays(28));
    const { category } = await getJson(page.request, "/api/channels/{idx}/", { idx: 1 });
    const name = t.categories[category as keyof typeof t.categories];
    await expect(rows.nth(2)).toContainText(t.myChannel.onlyInCategory(name));
    await expect(rows.nth(2)).toContainText(
      t.myChannel.growth(t.myChannel.categoryChannels(name), "11", 7, "0.8"),
    );
    // The list of all channels has other ratios.
    const rising = page.getByRole("region", { name: t.rising.rising });
    await expect(rising.locator(".card-description")).toContainText(t.home.ofAllChannels);
  });

  test(`home_shows_the_watchlist_of_the_account (${language})`, async ({ page, request }) => {
    const account = { username: uniqueUsername(), password: PASSWORD };
    const registered = await request.post(`${AUTH}/register/`, { data: account });
    expect(registered.status()).toBe(200);
    const { token } = (await registered.json()) as { token: string };
    const headers = { Authorization: `Token ${token}` };
    const setToken = (stored: string) => localStorage.setItem("createtrend.token", stored);
    await page.addInitScript(setToken, token);
    const digestUrl = "**/api/me/digest/";
    await page.route(digestUrl, (route) => route.fulfill(UNAVAILABLE));
    await open(page, "/", language);
    const card = page.getByRole("region", { name: t.watchlist.title });
    await expect(card.getByRole("alert")).toContainText(t.states.unavailable);
    await page.unroute(digestUrl);
    await card.getByRole("button", { name: t.states.retry }).click();
    await expect(card.getByText(t.watchlist.emptyDescription)).toBeVisible();
    await card.getByRole("link", { name: t.watchlist.findKeywords }).click();
    await expect(page).toHaveURL("/rising");

    for (const data of [
      { kind: "keyword", target: "먹방", note: "" },
      { kind: "channel", target: "1", note: "" },
    ]) {
      const added = await request.put("/api/me/watchlist/", { headers, data });
      expect(added.ok()).toBe(true);
    }
    const response = await request.get("/api/me/digest/", { headers });
    const { keywords, channels } =
      (await response.json()) as components["schemas"]["DigestResponse"];
    await page.goto("/");
    const keyword = card.getByRole("group", { name: t.watchlist.keywords });
    await expect(keyword.locator("tbody td")).toHaveText(
      keywords.flatMap(({ current, previous }) => [
        formatCount(current.videos, language),
        formatSigned(current.videos - previous.videos, language),
        formatCount(current.views, language),
      ]),
    );
    const channel = card.getByRole("group", { name: t.watchlist.channels });
    await expect(channel.locator("tbody td")).toHaveText(
      channels.flatMap(({ current, previous }) => [
        formatCount(current.uploads, language),
        formatSigned(current.uploads - previous.uploads, language),
        current.views_gained == null ? "–" : formatCount(current.views_gained, language),
      ]),
    );
    await expect(channel.getByRole("link")).toHaveAttribute("href", "/channels/1");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoOverflow(page);
    await expectNoSeriousViolations(page);
    await keyword.getByRole("link", { name: keywords[0]?.name ?? "" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(keywords[0]?.name ?? "");
    await page.goBack();
    await card.getByRole("link", { name: t.ranking.more }).click();
    await expect(page).toHaveURL("/watchlist");
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
}
