import { distinctKeywords } from "../src/format/keywords";
import { expect, getJson, LANGUAGES, MERGED, open, openSearch, test, topKeyword } from "./support";

const CHANNELS = "/api/youtuber_search/channel_list/";

for (const { language, t } of LANGUAGES) {
  test(`shortcut_opens_a_search_with_top_keywords_and_pages (${language})`, async ({
    page,
    request,
  }) => {
    const lists = await getJson(request, "/api/channel_analyze/", MERGED);
    const keywords = distinctKeywords(lists.flatMap((list) => list.keyword)).slice(0, 6);
    await open(page, "/channels", language);
    await openSearch(page);
    await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
    const group = (name: string) => page.getByRole("group", { name }).getByRole("option");
    await expect(group(t.keyword.trending)).toHaveText(keywords.map(({ name }) => name));
    await group(t.headerSearch.pages).filter({ hasText: t.nav.status }).click();
    await expect(page).toHaveURL(/\/status$/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test(`arrow_keys_select_a_channel (${language})`, async ({ page, request }) => {
    const { results } = await getJson(request, CHANNELS);
    const channel = results[1];
    if (!channel) throw new Error("no channel");
    const name = channel.channel_name ?? "";
    const found = await getJson(request, CHANNELS, { youtuber_name: name });
    await open(page, "/", language);
    await page.getByRole("button", { name: t.headerSearch.open }).click();
    const suggested = page.waitForResponse("**/api/keywords/suggest/**");
    await page.getByRole("dialog").getByRole("combobox").fill(name);
    await suggested;
    const channels = page.getByRole("group", { name: t.headerSearch.channels });
    const options = channels.getByRole("option");
    await expect(options.first()).toContainText(found.results[0]?.channel_name ?? "");
    const keywords = page.getByRole("group", { name: t.headerSearch.keywords });
    const before = await keywords.getByRole("option").count();
    for (let key = 0; key <= before; key += 1) await page.keyboard.press("ArrowDown");
    await expect(options.first()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/channels/${found.results[0]?.idx}$`));
  });

  test(`enter_searches_the_text_as_a_keyword (${language})`, async ({ page, request }) => {
    const keyword = await topKeyword(request);
    await open(page, "/", language);
    await openSearch(page);
    await page.getByRole("dialog").getByRole("combobox").fill(` ${keyword} `);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test(`text_of_the_other_keyboard_layout_is_the_last_option (${language})`, async ({ page }) => {
    await open(page, "/", language);
    await openSearch(page);
    await page.getByRole("dialog").getByRole("combobox").fill("ajrqkd");
    const options = page.getByRole("group", { name: t.headerSearch.keywords }).getByRole("option");
    await expect(options.first()).toHaveText("먹방");
    await expect(options.last()).toHaveText(t.headerSearch.searchAsTyped("ajrqkd"));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("먹방");
  });

  test(`enter_searches_the_keyword_of_the_other_layout (${language})`, async ({ page }) => {
    await open(page, "/", language);
    for (const [text, keyword] of [
      ["ajrqkd", "먹방"],
      ["bts", "bts"],
    ] as const) {
      await openSearch(page);
      await page.getByRole("dialog").getByRole("combobox").fill(text);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(keyword);
    }
    await page.route("**/api/keywords/suggest/*", (route) => route.abort());
    await openSearch(page);
    await page.getByRole("dialog").getByRole("combobox").fill("ajrqkd");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("ajrqkd");
  });

  test(`hashtag_is_searched_as_its_keyword (${language})`, async ({ page }) => {
    await open(page, "/keyword", language);
    const box = page.getByRole("combobox", { name: t.search.keyword });
    await box.fill("# 먹방");
    await box.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("먹방");
    await openSearch(page);
    await page.getByRole("dialog").getByRole("combobox").fill("#라면");
    const options = page.getByRole("group", { name: t.headerSearch.keywords }).getByRole("option");
    await expect(options.first()).toHaveText(t.headerSearch.searchKeyword("라면"));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/keyword?${String(new URLSearchParams({ q: "라면" }))}`);
  });

  test(`address_or_channel_id_says_that_search_is_by_name (${language})`, async ({ page }) => {
    await open(page, "/", language);
    await openSearch(page);
    const input = page.getByRole("dialog").getByRole("combobox");
    const keywords = page.getByRole("group", { name: t.headerSearch.keywords });
    for (const text of ["https://www.youtube.com/watch?v=a", "youtu.be/a", `UC${"a".repeat(22)}`]) {
      await input.fill(text);
      await expect(keywords.getByRole("option")).toHaveText(new RegExp(t.keyword.address));
      await expect(page.getByRole("group", { name: t.headerSearch.channels })).toHaveCount(0);
    }
    const searched = page.waitForRequest((request) =>
      request.url().includes(`${CHANNELS}?youtuber_name=ramen`),
    );
    await input.fill("youtube.com/@ramen/videos");
    await searched;
    await page.keyboard.press("Enter");
    await expect(page.getByText(t.keyword.addressDescription)).toBeVisible();
    await expect(page.getByRole("link", { name: t.channels.findByName("ramen") })).toBeVisible();
  });

  test(`search_without_channels_or_service_says_so (${language})`, async ({ page }) => {
    await open(page, "/", language);
    await openSearch(page);
    await page.getByRole("dialog").getByRole("combobox").fill("%%");
    const channels = page.getByRole("group", { name: t.headerSearch.channels });
    await expect(channels).toContainText(t.headerSearch.noChannels);
    await page.route(`**${CHANNELS}**`, (route) => route.fulfill({ status: 503, json: {} }));
    await page.getByRole("dialog").getByRole("combobox").fill("%%%");
    await expect(channels).toContainText(t.states.unavailable);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
}
