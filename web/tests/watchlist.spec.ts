import { type APIRequestContext, type Page } from "@playwright/test";
import { formatRatio } from "../src/format/numbers";
import {
  expect,
  expectNoOverflow,
  expectNoSeriousViolations,
  LANGUAGES,
  logIn,
  open,
  PASSWORD,
  test,
  UNAVAILABLE,
  uniqueUsername,
} from "./support";

const KEYWORD = "먹방";
const WATCHLIST = "**/api/me/watchlist/";

/** Registers an account, and opens pages with its session. */
async function register(page: Page, request: APIRequestContext): Promise<string> {
  const data = { username: uniqueUsername(), password: PASSWORD };
  const response = await request.post("/api/accounts/auth/register/", { data });
  expect(response.status()).toBe(200);
  await setToken(page, ((await response.json()) as { token: string }).token);
  return data.username;
}

async function setToken(page: Page, token: string): Promise<void> {
  await page.addInitScript((stored) => {
    if (!sessionStorage.getItem("test.started")) localStorage.setItem("createtrend.token", stored);
    sessionStorage.setItem("test.started", "1");
  }, token);
}

for (const { language, t } of LANGUAGES) {
  test(`watched_keyword_and_channel_are_in_the_digest (${language})`, async ({ page, request }) => {
    await register(page, request);
    const { watchlist, feed, secrets } = t;
    await open(page, "/watchlist", language);
    await expect(page.getByText(watchlist.empty)).toBeVisible();
    await open(page, `/keyword?q=${encodeURIComponent(KEYWORD)}`, language);
    const watch = page.getByRole("button", { name: watchlist.watch, exact: true });
    await watch.click();
    await expect(watch).toHaveAttribute("aria-pressed", "true");
    await open(page, "/channels/1", language);
    await watch.click();
    await expect(watch).toHaveAttribute("aria-pressed", "true");

    await page.goto("/watchlist");
    const keywords = page.getByRole("group", { name: watchlist.keywords });
    await expect(keywords.getByRole("link", { name: KEYWORD })).toBeVisible();
    await expect(page.getByRole("group", { name: watchlist.channels })).toBeVisible();
    const note = page.getByLabel(watchlist.noteOf(KEYWORD));
    await note.fill("12월");
    await note.press("Enter");
    await expect(page.getByText(t.account.saved)).toBeVisible();
    await page.reload();
    await expect(note).toHaveValue("12월");
    await page.getByRole("link", { name: watchlist.previousWeek }).click();
    await expect(page).toHaveURL(/week=\d{4}-W\d{2}/);
    await expect(keywords).toBeVisible();

    await page.getByRole("button", { name: feed.create, exact: true }).click();
    await expect(page.getByText(secrets.once)).toBeVisible();
    const url = (await page.getByTestId("secret").textContent()) ?? "";
    const atom = await request.get(url);
    expect(atom.headers()["content-type"]).toContain("application/atom+xml");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSeriousViolations(page);
    await expectNoOverflow(page);
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: feed.revoke, exact: true }).click();
    await expect(page.getByText(feed.none)).toBeVisible();
    expect((await request.get(url)).status()).toBe(404);

    // An invalid week has a way back.
    await page.goto("/watchlist?week=2026-W60");
    await expect(page.getByText(watchlist.invalidWeek)).toBeVisible();
    await page.getByRole("link", { name: watchlist.currentWeek }).click();
    await expect(page).toHaveURL(/watchlist$/);
    await expect(keywords).toBeVisible();

    // An entry with a note is removed after a confirmation.
    const answers = [false, true];
    page.on("dialog", (dialog) => {
      expect(dialog.message()).toBe(watchlist.confirmRemove(KEYWORD));
      void (answers.shift() ? dialog.accept() : dialog.dismiss());
    });
    await page.getByRole("button", { name: watchlist.removeOf(KEYWORD) }).click();
    await expect(note).toHaveValue("12월");
    await page.getByRole("button", { name: watchlist.removeOf(KEYWORD) }).click();
    await expect(note).toHaveCount(0);
    expect(answers).toEqual([]);
  });

  test(`alerts_are_sorted_and_have_the_ratio_of_the_views_to_the_usual (${language})`, async ({
    page,
    request,
    account,
  }) => {
    await setToken(page, await logIn(request, account));
    const video = (title: string, numbers: object) => ({
      idx: 1,
      title,
      video_id: "a",
      ratio_shrunk: 3.1,
      sample: 4,
      ...numbers,
    });
    const outliers = [
      video("라면 먹방", { views: 45_300, expected_views: 10_000 }),
      video("첫 영상", { views: 45_000, expected_views: null }),
      video("둘째 영상", { views: 45_000, expected_views: 0 }),
    ].map((outlier, index) => ({
      id: String(index),
      kind: "outlier",
      name: "오늘의 밥상",
      watch_id: 1,
      created_at: "2026-11-26T09:30:00+09:00",
      video: outlier,
    }));
    const rising = [4, 2].map((rank) => ({
      id: `rising ${rank}`,
      kind: "rising_keyword",
      name: KEYWORD,
      watch_id: 2,
      created_at: "2026-11-26T09:30:00+09:00",
      rising_rank: rank,
    }));
    const entry = { id: 1, kind: "channel", name: "오늘의 밥상", channel_idx: 1, note: "" };
    const week = { videos: 3, views: 300, channels_per_day: 0.4 };
    const keyword = { watch_id: 2, name: KEYWORD, current: week, previous: week };
    await page.route(WATCHLIST, (route) => route.fulfill({ json: { entries: [entry] } }));
    await page.route("**/api/me/digest/", (route) =>
      route.fulfill({
        json: {
          week: "2026-W48",
          previous_week: "2026-W47",
          from: "2026-11-23",
          until: "2026-11-26",
          previous_from: "2026-11-16",
          previous_until: "2026-11-19",
          is_complete: false,
          alerts: [...outliers, ...rising],
          keywords: [keyword],
          channels: [],
        },
      }),
    );
    await open(page, "/watchlist", language);
    const rows = page.getByRole("list", { name: t.watchlist.alerts }).getByRole("listitem");
    const texts = [
      t.watchlist.rising(KEYWORD, 2),
      t.watchlist.rising(KEYWORD, 4),
      // Not the ratio that is shrunk for the order.
      t.watchlist.outlier("오늘의 밥상", "라면 먹방", formatRatio(4.53, language)),
      "오늘의 밥상: 첫 영상",
      "오늘의 밥상: 둘째 영상",
    ];
    await expect(rows).toHaveText(texts);
    await expect(page.getByText(t.watchlist.alertsOrder)).toBeVisible();
    await page.goto("/");
    await expect(rows).toHaveText(texts.slice(0, 3));
    await expect(page.getByText(t.watchlist.moreAlerts(2))).toBeVisible();
  });

  test(`digest_of_a_past_week_links_to_the_next_one (${language})`, async ({ page }) => {
    await setToken(page, "a-token");
    const user = { id: 1, username: "먹방러", userinfo: { id: 1, user_id: 1, own_channel: null } };
    await page.route("**/api/accounts/auth/user/", (route) => route.fulfill({ json: user }));
    await page.route("**/api/me/feed/", (route) => route.fulfill({ json: {} }));
    const entry = { id: 1, kind: "channel", name: "오늘의 밥상", channel_idx: 1, note: "" };
    await page.route(WATCHLIST, (route) => route.fulfill({ json: { entries: [entry] } }));
    let isComplete = true;
    await page.route("**/api/me/digest/**", (route) =>
      route.fulfill({
        json: {
          week: "2024-W52",
          previous_week: "2024-W51",
          from: "2024-12-23",
          until: "2024-12-29",
          previous_from: "2024-12-16",
          previous_until: "2024-12-22",
          is_complete: isComplete,
          alerts: [],
          keywords: [],
          channels: [],
        },
      }),
    );
    await open(page, "/watchlist?week=2024-W52", language);
    const next = page.getByRole("link", { name: t.watchlist.nextWeek });
    await expect(next).toHaveAttribute("href", "/watchlist?week=2025-W01");
    isComplete = false;
    await page.reload();
    await expect(page.getByRole("link", { name: t.watchlist.previousWeek })).toBeVisible();
    await expect(next).toHaveCount(0);
  });

  test(`login_form_says_why_a_page_needs_a_session (${language})`, async ({ page, account }) => {
    await open(page, "/keyword?q=먹방&subscribers=15000", language);
    await page.getByRole("link", { name: t.watchlist.watch, exact: true }).click();
    const reason = page.getByText(t.account.reasons.watchlist);
    await expect(reason).toBeVisible();
    await page.getByRole("link", { name: t.account.register }).click();
    await expect(page.getByRole("heading", { name: t.account.register })).toBeVisible();
    await expect(reason).toBeVisible();
    await page.getByRole("link", { name: t.account.login, exact: true }).last().click();
    await page.getByLabel(t.account.username).fill(account.username);
    await page.getByLabel(t.account.password).fill(account.password);
    await page.getByLabel(t.account.password).press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("먹방");
    expect(new URL(page.url()).search).toBe("?q=%EB%A8%B9%EB%B0%A9&subscribers=15000");

    // The link of the header may be for anything.
    await page.evaluate(() => localStorage.removeItem("createtrend.token"));
    await page.goto("/channels");
    await page.getByRole("link", { name: t.nav.login }).click();
    await expect(page.getByRole("form", { name: t.account.login })).toBeVisible();
    await expect(reason).toHaveCount(0);
  });

  test(`unavailable_watchlist_is_reported_and_can_be_retried (${language})`, async ({
    page,
    request,
    account,
  }) => {
    await setToken(page, await logIn(request, account));
    await page.route(WATCHLIST, (route) => route.fulfill(UNAVAILABLE));
    await open(page, "/watchlist", language);
    await expect(page.getByRole("alert")).toContainText(t.states.unavailable);
    await page.unroute(WATCHLIST);
    await page.getByRole("button", { name: t.states.retry }).click();
    await expect(page.getByText(t.watchlist.empty)).toBeVisible();
  });

  test(`failed_addition_to_the_watchlist_names_the_limit_only_if_it_is_reached (${language})`, async ({
    page,
    request,
    account,
  }) => {
    await setToken(page, await logIn(request, account));
    const json = { non_field_errors: ["The watchlist is full: it has 100 entries."] };
    let response: object = { status: 400, json };
    await page.route(WATCHLIST, (route) =>
      route.request().method() === "PUT" ? route.fulfill(response) : route.continue(),
    );
    await open(page, "/channels/1", language);
    const watch = page.getByRole("button", { name: t.watchlist.watch, exact: true });
    await watch.click();
    await expect(page.getByText(t.watchlist.full)).toBeVisible();
    response = UNAVAILABLE;
    await watch.click();
    await expect(page.getByText(t.watchlist.watchFailed)).toBeVisible();
    await expect(page.getByText(t.watchlist.full)).toHaveCount(0);
  });

  test(`api_key_is_shown_once_and_revoked (${language})`, async ({ page, request }) => {
    await register(page, request);
    const { apiKeys, secrets } = t;
    await open(page, "/account", language);
    await page.getByLabel(apiKeys.name).fill("보고서");
    await page.getByRole("button", { name: apiKeys.create }).click();
    await expect(page.getByText(secrets.once)).toBeVisible();
    const key = (await page.getByTestId("secret").textContent()) ?? "";
    const status = async () => {
      const response = await request.get("/api/channel_analyze/", {
        headers: { "X-Api-Key": key },
      });
      return [response.status(), response.headers().ratelimit !== undefined];
    };
    expect(await status()).toEqual([200, true]);
    await expectNoSeriousViolations(page);
    await page.reload();
    await expect(page.getByText(key.slice(0, 9))).toBeVisible();
    await expect(page.getByTestId("secret")).toHaveCount(0);
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: apiKeys.revokeOf("보고서") }).click();
    await expect(page.getByText(apiKeys.none)).toBeVisible();
    expect(await status()).toEqual([401, false]);
  });

  test(`password_is_changed_and_account_is_deleted (${language})`, async ({ page, request }) => {
    const username = await register(page, request);
    const { account, accountData } = t;
    await open(page, "/account", language);
    const form = page.getByRole("form", { name: accountData.password });
    const change = async (present: string, next: string) => {
      await form.getByLabel(accountData.currentPassword).fill(present);
      await form.getByLabel(accountData.newPassword).fill(next);
      await form.getByRole("button", { name: accountData.changePassword }).click();
    };
    await change(PASSWORD, "1234567");
    await expect(page.getByText(accountData.tooShort)).toBeVisible();
    await change("wrong", "새로운 비밀번호");
    await expect(page.getByText(accountData.wrongPassword)).toBeVisible();
    await change(PASSWORD, "새로운 비밀번호");
    await expect(page.getByText(accountData.passwordChanged)).toBeVisible();
    await logIn(request, { username, password: "새로운 비밀번호" });

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: accountData.export }).click();
    expect((await download).suggestedFilename()).toBe("createtrend-account.json");

    await page.getByText(accountData.deletion, { exact: true }).click();
    await page.getByLabel(accountData.passwordToDelete).fill("새로운 비밀번호");
    await page.getByRole("button", { name: accountData.delete }).click();
    await expect(page.getByRole("form", { name: account.login })).toBeVisible();
    await expect(page.getByRole("alert").getByText(account.deleted)).toBeVisible();
    const data = { username, password: "새로운 비밀번호" };
    expect((await request.post("/api/accounts/auth/login/", { data })).status()).toBe(400);
  });
}

test("watchlist_without_a_session_opens_the_login_form_and_back_leaves_it", async ({ page }) => {
  await open(page, "/channels");
  await page.getByRole("link", { name: "관심 목록" }).first().click();
  await expect(page).toHaveURL("/account?next=%2Fwatchlist&reason=watchlist");
  await expect(page.getByText("관심 목록은 로그인해야 쓸 수 있어요.")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL("/channels");
});
