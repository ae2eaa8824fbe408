import { expect, getJson, LANGUAGES, open, openSearch, test, topKeyword } from "./support";

const SUGGEST = "/api/keywords/suggest/";

for (const { language, t } of LANGUAGES) {
  test(`arrow_keys_select_a_suggested_keyword (${language})`, async ({ page, request }) => {
    const [first = ""] = await topKeyword(request);
    const { results } = await getJson(request, SUGGEST, { q: first, limit: 6 });
    const names = results.map(({ keyword }) => keyword).filter((name) => name !== first);
    expect(names.length).toBeGreaterThan(0);
    await open(page, "/keyword", language);
    const input = page.getByRole("combobox", { name: t.search.keyword });
    await expect(input).toHaveAttribute("aria-expanded", "false");
    await input.fill(first);
    const options = page.getByRole("listbox").getByRole("option");
    await expect(options).toHaveText(names);
    await expect(input).toHaveAttribute("aria-expanded", "true");
    await input.press("ArrowDown");
    await expect(options.first()).toHaveAttribute("aria-selected", "true");
    await input.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(names[0] ?? "");
    await expect(page.getByRole("option")).toHaveCount(0);
  });

  test(`escape_closes_the_suggestions_and_enter_searches_the_text (${language})`, async ({
    page,
    request,
  }) => {
    const keyword = await topKeyword(request);
    await open(page, "/keyword", language);
    const input = page.getByRole("combobox", { name: t.search.keyword });
    await input.fill(keyword.slice(0, 1));
    await expect(page.getByRole("option").first()).toBeVisible();
    await input.press("Escape");
    await expect(page.getByRole("option")).toHaveCount(0);
    await input.fill(keyword);
    await input.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
  });

  test(`compared_keywords_are_not_suggested_again (${language})`, async ({ page }) => {
    const results = ["먹방", "bts", "먹거리"].map((keyword) => ({ keyword, matched: "prefix" }));
    await page.route(`**${SUGGEST}**`, (route) => route.fulfill({ json: { results } }));
    await open(page, "/keyword?q=먹방&with=BTS", language);
    const input = page.getByRole("combobox", { name: t.history.add });
    await input.fill("먹");
    await expect(page.getByRole("option")).toHaveText(["먹거리"]);
    // A spelling of one that is compared.
    const url = page.url();
    await input.fill("먹 방");
    await input.press("Enter");
    await expect(input).toHaveValue("");
    expect(page.url()).toBe(url);
  });
}

test("header_search_follows_the_composition_of_a_syllable", async ({ page }) => {
  const words: Record<string, string[]> = {
    ㅁ: ["메이크업"],
    머: ["먹방"],
    먹: ["먹방", "먹거리"],
  };
  await page.route(`**${SUGGEST}**`, (route) => {
    const q = new URL(route.request().url()).searchParams.get("q") ?? "";
    const results = (words[q] ?? []).map((keyword) => ({ keyword, matched: "prefix" }));
    return route.fulfill({ json: { results } });
  });
  await open(page, "/");
  await openSearch(page);
  const keyboard = await page.context().newCDPSession(page);
  const options = page.getByRole("option");
  for (const [text, names] of Object.entries(words)) {
    const composition = { text, selectionStart: 1, selectionEnd: 1 };
    await keyboard.send("Input.imeSetComposition", composition);
    for (const name of names) await expect(options.filter({ hasText: name })).toBeVisible();
  }
  await expect(options.filter({ hasText: "메이크업" })).toHaveCount(0);
  await keyboard.send("Input.insertText", { text: "먹" });
  await expect(page.getByRole("dialog").getByRole("combobox")).toHaveValue("먹");
  await options.filter({ hasText: "먹거리" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("먹거리");
});

test("late_response_to_an_earlier_text_is_ignored", async ({ page }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(`**${SUGGEST}**`, async (route) => {
    const q = new URL(route.request().url()).searchParams.get("q") ?? "";
    if (q === "가") await held;
    const results = [{ keyword: `${q}나다`, matched: "prefix" }];
    // The page has aborted the first request.
    await route.fulfill({ json: { results } }).catch(() => undefined);
  });
  await open(page, "/keyword");
  const input = page.getByRole("search").getByRole("combobox");
  const first = page.waitForRequest(`**${SUGGEST}**`);
  await input.fill("가");
  await first;
  await input.fill("다");
  const option = page.getByRole("option");
  await expect(option).toHaveText(["다나다"]);
  release();
  await input.fill("라");
  await expect(option).toHaveText(["라나다"]);
});

test("failed_suggestions_do_not_prevent_a_search", async ({ page, request }) => {
  const keyword = await topKeyword(request);
  await page.route(`**${SUGGEST}**`, (route) => route.fulfill({ status: 503, json: {} }));
  await open(page, "/keyword");
  const failed = page.waitForResponse(`**${SUGGEST}**`);
  await page.getByRole("search").getByRole("combobox").fill(keyword);
  await failed;
  await page.getByRole("search").getByRole("combobox").press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
});
