import {
  expect,
  expectNoOverflow,
  expectNoSeriousViolations,
  uploadThumbnail,
  open,
  openSearch,
  test,
  logIn,
} from "./support";

const PAGES = {
  home: "/",
  keyword: `/keyword?q=${encodeURIComponent("먹방")}`,
  keyword_suggestions: "/keyword",
  channels: "/channels",
  channel_table: "/channels?view=table",
  outliers: "/outliers?days=90&subscribers=15000",
  outlier_table: "/outliers?view=table&sort=-views",
  rising: "/rising?subscribers=15000&category=26",
  chart: "/chart",
  compare: "/compare?channel=1&channel=2",
  channel: "/channels/1",
  video: "/videos/1",
  predict: `/predict?q=${encodeURIComponent("먹방")}`,
  account: "/account",
  status: "/status",
  not_found: "/nothing",
};

for (const [name, path] of Object.entries(PAGES)) {
  for (const theme of ["light", "dark"] as const) {
    test(`${name}_has_no_serious_axe_violations (${theme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await open(page, path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      for (const summary of await page.locator(".chart-table summary").all()) await summary.click();
      await expectNoSeriousViolations(page);
    });
  }

  test(`${name}_fits_a_320_px_wide_screen`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, path);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expectNoOverflow(page);
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`error_and_stale_states_have_no_serious_axe_violations (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, "/keyword?q=없는말없는말");
    await expect(page.locator(".notice")).toBeVisible();
    await expectNoSeriousViolations(page);
    await open(page, "/predict");
    await page.locator(".draft button[type=submit]").first().click();
    await expect(page.locator(".field-error").first()).toBeVisible();
    await expectNoSeriousViolations(page);
    const HOME = "**/api/channel_analyze/?*";
    await page.route(HOME, (route) => route.abort());
    await open(page, "/");
    await expect(page.getByRole("alert")).toBeVisible();
    await expectNoSeriousViolations(page);
    await page.unroute(HOME);
    await page.route(HOME, async (route) => {
      const response = await route.fetch();
      const headers = {
        ...response.headers(),
        "cache-status": "replica; hit; ttl=-7140",
        Age: "7200",
      };
      await route.fulfill({ response, headers });
    });
    await open(page, "/");
    await expect(page.getByTestId("stale")).toBeVisible();
    await expectNoSeriousViolations(page);
  });

  test(`account_and_prediction_have_no_serious_axe_violations (${theme})`, async ({
    page,
    request,
    account,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    const token = await logIn(request, account);
    await request.patch("/api/accounts/auth/userinfo/update/", {
      headers: { Authorization: `Token ${token}` },
      data: { own_channel: null },
    });
    await page.addInitScript((stored) => {
      localStorage.setItem("createtrend.token", stored);
    }, token);
    await open(page, "/account");
    await page.getByRole("searchbox").fill("tv");
    await page.getByRole("searchbox").press("Enter");
    await expect(page.locator(".channel-picker-row").first()).toBeVisible();
    await expectNoSeriousViolations(page);
    await page.locator(".channel-picker-row button").first().click();
    await expect(page.getByTestId("own-channel")).toBeVisible();
    await expectNoSeriousViolations(page);
    await open(page, "/predict");
    for (const index of [0, 1]) {
      const form = page.locator(".draft form").nth(index);
      await form.getByRole("textbox").first().fill("라면");
      await uploadThumbnail(form);
      await form.locator("button[type=submit]").click();
      await expect(page.locator(".prediction")).toHaveCount(index + 1);
    }
    await expectNoSeriousViolations(page);
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`search_dialog_has_no_serious_axe_violations (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, "/");
    await openSearch(page);
    await page.getByRole("dialog").getByRole("combobox").fill("a");
    await expect(page.getByRole("option").first()).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await expectNoSeriousViolations(page);
  });
}

test("home_is_usable_with_the_keyboard", async ({ page }) => {
  await open(page, "/");
  await expect(page.locator(".keyword").first()).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "본문으로 건너뛰기" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.locator(".plan-form input")).toBeFocused();
  await page.locator(".wordmap a").first().focus();
  await page.keyboard.press("Enter");
  // Client-side navigation moves the focus to the heading.
  await expect(page).toHaveURL(/\/keyword/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});
