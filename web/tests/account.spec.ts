import { formatCount } from "../src/format/numbers";
import {
  getJson,
  expect,
  LANGUAGES,
  uniqueUsername,
  uploadThumbnail,
  open,
  PASSWORD,
  test,
  logIn,
} from "./support";

for (const { language, t } of LANGUAGES) {
  test(`registration_channel_selection_and_prediction_work (${language})`, async ({
    page,
    request,
  }) => {
    const { account, predict } = t;
    const name = uniqueUsername();
    // After registration, the dashboard redirects to the previous page.
    await open(page, "/predict?q=bts", language);
    await page.getByRole("link", { name: t.nav.login }).click();
    await page.getByRole("link", { name: account.register }).click();
    await expect(page).toHaveURL(/\/account\?mode=register&next=/);
    await page.getByLabel(account.username).fill(name);
    await page.getByLabel(account.password).fill(PASSWORD);
    const update = page.waitForRequest("**/api/accounts/auth/userinfo/update/");
    await page.getByRole("form").getByRole("button", { name: account.register }).first().click();
    const updateRequest = await update;
    expect([updateRequest.method(), updateRequest.postData()]).toEqual(["PUT", "{}"]);
    await expect(page).toHaveURL(/\/predict\?q=bts$/);

    // Selects the own channel.
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(account.hello(name));
    await page.getByRole("searchbox").fill("tv");
    await page.getByRole("searchbox").press("Enter");
    const list = await getJson(request, "/api/youtuber_search/channel_list/", {
      youtuber_name: "tv",
    });
    const channel = list.results[0];
    if (!channel) throw new Error("no channel");
    await page.getByRole("button", { name: t.myChannel.choose }).first().click();
    await expect(page.getByText(account.saved)).toBeVisible();
    await expect(page.getByTestId("own-channel")).toContainText(channel.channel_name ?? "");
    const path = "/api/youtuber_search/channel_list/{idx}/";
    const { channelInfo } = await getJson(request, path, { idx: channel.idx });
    await expect(page.getByTestId("own-channel")).toContainText(
      formatCount(Number(channelInfo.subscriber), language),
    );

    // The drafts are filled in from the channel.
    const profile = await getJson(request, "/api/channels/{idx}/", { idx: channel.idx });
    await page.getByRole("link", { name: t.nav.predict }).first().click();
    const form = page.getByRole("form", { name: predict.draft("A") });
    await expect(form.getByLabel(predict.subscribers)).toHaveValue(channelInfo.subscriber);
    await expect(form.getByLabel(predict.category)).toHaveValue(String(profile.category ?? ""));
    await expect(form.getByLabel(predict.uploads)).toHaveValue(String(profile.uploads ?? ""));
    const format = profile.is_short == null ? "" : profile.is_short ? "short" : "long";
    await expect(form.getByLabel(predict.format)).toHaveValue(format);
    const source = form.getByTestId("channel-values");
    await expect(source).toContainText(channel.channel_name ?? "");
    // In the list of fields; a later sentence names the format too.
    await expect(source).toContainText(`, ${predict.channelFields.format}`);
    await form.getByLabel(predict.format).selectOption("");
    await expect(source).not.toContainText(`, ${predict.channelFields.format}`);
    await form.getByLabel(predict.videoTitle).fill("BTS 커버");
    await uploadThumbnail(form);
    await form.getByRole("button", { name: predict.submit }).click();
    await expect(page.locator('[data-prediction="A"]')).toBeVisible();

    await page.getByRole("link", { name }).click();
    await page.getByRole("button", { name: account.logout, exact: true }).click();
    await expect(page.getByRole("form", { name: account.login })).toBeVisible();
    expect(await page.evaluate(() => localStorage.getItem("createtrend.token"))).toBeNull();
    // The draft and its prediction are removed.
    await page.getByRole("link", { name: t.nav.predict }).first().click();
    await expect(form.getByLabel(predict.videoTitle)).toHaveValue("");
    await expect(form.getByLabel(predict.subscribers)).toHaveValue("");
    await expect(page.locator(".prediction")).toHaveCount(0);
    // Also in the history.
    await page.goBack();
    await expect(page.getByRole("form", { name: account.login })).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL("/predict");
    await expect(form.getByLabel(predict.videoTitle)).toHaveValue("");
  });

  test(`logout_in_another_tab_removes_drafts (${language})`, async ({
    page,
    request,
    account: existing,
  }) => {
    const token = await logIn(request, existing);
    await open(page, "/nothing", language);
    await page.evaluate((stored) => localStorage.setItem("createtrend.token", stored), token);
    // A draft in the URL, as after a prediction.
    await page.goto("/predict?a_title=BTS&b_title=Cover");
    const form = page.getByRole("form", { name: t.predict.draft("A") });
    const title = form.getByLabel(t.predict.videoTitle);
    await title.fill("BTS 커버");
    const other = await page.context().newPage();
    await other.goto("/account");
    await other.getByRole("button", { name: t.account.logout, exact: true }).click();
    await expect(title).toHaveValue("");
    await expect(page).toHaveURL("/predict");
    await page.reload();
    await expect(title).toHaveValue("");
  });

  test(`account_page_without_auth_service_reports_it (${language})`, async ({
    page,
    account: existing,
  }) => {
    const { account } = t;
    await open(page, "/account", language);
    await page.getByLabel(account.username).fill(existing.username);
    await page.getByLabel(account.password).fill(existing.password);
    await page.locator("form .button").click();
    await expect(page.getByRole("button", { name: account.logoutAll })).toBeVisible();

    const unavailable = { status: 503, json: { detail: "…", code: "service_unavailable" } };
    await page.route("**/api/accounts/auth/**", (route) => route.fulfill(unavailable));
    await page.getByRole("button", { name: account.logoutAll }).click();
    await expect(page.getByText(account.logoutAllFailed)).toBeVisible();
    await page.reload();
    await expect(page.getByRole("alert")).toContainText(t.states.unavailable);
    await page.unroute("**/api/accounts/auth/**");
    await page.getByRole("button", { name: t.states.retry }).click();
    await expect(
      page.getByRole("heading", { name: account.hello(existing.username) }),
    ).toBeVisible();
  });

  test(`login_and_registration_errors_are_shown (${language})`, async ({
    page,
    account: existing,
  }) => {
    const { account } = t;
    await open(page, "/account", language);
    const fill = async (username: string, password: string, button: string) => {
      await page.getByLabel(account.username).fill(username);
      await page.getByLabel(account.password).fill(password);
      await page.locator("form .button", { hasText: button }).click();
    };
    await fill(uniqueUsername(), "wrong", account.login);
    await expect(page.getByText(account.wrongCredentials)).toBeVisible();
    await page.getByRole("link", { name: account.register }).click();
    await fill("abc", "1", account.register);
    await expect(page.getByText(account.tooShort)).toBeVisible();
    await fill(uniqueUsername(), "비밀번호123", account.register);
    await expect(page.getByText(account.tooShort)).toBeVisible();
    await fill("not a name", PASSWORD, account.register);
    await expect(page.getByText(account.invalidUsername)).toBeVisible();
    await fill(existing.username, PASSWORD, account.register);
    await expect(page.getByText(account.usernameTaken)).toBeVisible();
  });

  test(`revoked_token_requires_a_new_login (${language})`, async ({
    page,
    request,
    account: existing,
  }) => {
    const { account } = t;
    const { username: name, password } = existing;
    const token = await logIn(request, existing);
    await page.addInitScript((stored) => {
      if (!sessionStorage.getItem("once")) localStorage.setItem("createtrend.token", stored);
      sessionStorage.setItem("once", "yes");
    }, token);
    await open(page, "/channels?page=2", language);
    await expect(page.getByRole("link", { name })).toBeVisible();
    await request.post("/api/accounts/auth/logoutall/", {
      headers: { Authorization: `Token ${token}` },
    });
    await page.reload();
    await page.getByRole("link", { name: t.nav.login }).click();
    await expect(page.getByText(account.expired)).toBeVisible();
    await page.getByLabel(account.username).fill(name);
    await page.getByLabel(account.password).fill(password);
    await page.locator("form .button").click();
    await expect(page).toHaveURL(/\/channels\?page=2$/);
    await expect(page.getByRole("link", { name })).toBeVisible();
  });
}
