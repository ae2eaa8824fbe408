import { count } from "../src/format/numbers";
import {
  ask,
  expect,
  LANGUAGES,
  newName,
  giveThumbnail,
  open,
  PASSWORD,
  test,
  tokenOf,
} from "./support";

for (const { language, words } of LANGUAGES) {
  test(`from a registration to a prediction (${language})`, async ({ page, request }) => {
    const { account, predict } = words;
    const name = newName();
    // From a page, to an account, and back to the page.
    await open(page, "/predict?q=bts", language);
    await page.getByRole("link", { name: words.nav.login }).click();
    await page.getByRole("button", { name: account.register }).click();
    await page.getByLabel(account.username).fill(name);
    await page.getByLabel(account.password).fill(PASSWORD);
    const update = page.waitForRequest("**/api/accounts/auth/userinfo/update/");
    await page.getByRole("form").getByRole("button", { name: account.register }).first().click();
    const sent = await update;
    expect([sent.method(), sent.postData()]).toEqual(["PUT", "{}"]);
    await expect(page).toHaveURL(/\/predict\?q=bts$/);

    // The channel that is one's own.
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(account.hello(name));
    await page.getByRole("searchbox").fill("tv");
    await page.getByRole("searchbox").press("Enter");
    const list = await ask(request, "/api/youtuber_search/channel_list/", { youtuber_name: "tv" });
    const channel = list.results[0];
    if (!channel) throw new Error("no channel");
    await page.getByRole("button", { name: account.chooseChannel }).first().click();
    await expect(page.getByText(account.saved)).toBeVisible();
    await expect(page.getByTestId("own-channel")).toContainText(channel.channel_name ?? "");
    const path = "/api/youtuber_search/channel_list/{idx}/";
    const { channelInfo } = await ask(request, path, { idx: channel.idx });
    await expect(page.getByTestId("own-channel")).toContainText(
      count(Number(channelInfo.subscriber), language),
    );

    // Its subscribers stand in the drafts.
    await page.getByRole("link", { name: words.nav.predict }).first().click();
    const form = page.getByRole("form", { name: predict.draft("A") });
    await expect(form.getByLabel(predict.subscribers)).toHaveValue(channelInfo.subscriber);
    await form.getByLabel(predict.videoTitle).fill("BTS 커버");
    await giveThumbnail(form);
    await form.getByRole("button", { name: predict.submit }).click();
    await expect(page.locator('[data-outcome="A"]')).toBeVisible();

    await page.getByRole("link", { name }).click();
    await page.getByRole("button", { name: account.logout, exact: true }).click();
    await expect(page.getByRole("form", { name: account.login })).toBeVisible();
    expect(await page.evaluate(() => localStorage.getItem("createtrend.token"))).toBeNull();
  });

  test(`what is wrong with a login is said (${language})`, async ({ page, account: somebody }) => {
    const { account } = words;
    await open(page, "/account", language);
    const fill = async (username: string, password: string, button: string) => {
      await page.getByLabel(account.username).fill(username);
      await page.getByLabel(account.password).fill(password);
      await page.locator("form .button", { hasText: button }).click();
    };
    await fill(newName(), "wrong", account.login);
    await expect(page.getByText(account.wrong)).toBeVisible();
    await page.getByRole("button", { name: account.register }).click();
    await fill("abc", "1", account.register);
    await expect(page.getByText(account.short)).toBeVisible();
    await fill("not a name", PASSWORD, account.register);
    await expect(page.getByText(account.badName)).toBeVisible();
    await fill(somebody.username, PASSWORD, account.register);
    await expect(page.getByText(account.taken)).toBeVisible();
  });

  test(`a token that is no longer good asks to log in again (${language})`, async ({
    page,
    request,
    account: somebody,
  }) => {
    const { account } = words;
    const { username: name, password } = somebody;
    const token = await tokenOf(request, somebody);
    await page.addInitScript((kept) => {
      if (!sessionStorage.getItem("once")) localStorage.setItem("createtrend.token", kept);
      sessionStorage.setItem("once", "yes");
    }, token);
    await open(page, "/channels?page=2", language);
    await expect(page.getByRole("link", { name })).toBeVisible();
    await request.post("/api/accounts/auth/logoutall/", {
      headers: { Authorization: `Token ${token}` },
    });
    await page.reload();
    await page.getByRole("link", { name: words.nav.login }).click();
    await expect(page.getByText(account.expired)).toBeVisible();
    await page.getByLabel(account.username).fill(name);
    await page.getByLabel(account.password).fill(password);
    await page.locator("form .button").click();
    await expect(page).toHaveURL(/\/channels\?page=2$/);
    await expect(page.getByRole("link", { name })).toBeVisible();
  });
}
