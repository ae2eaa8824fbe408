import type { Page } from "@playwright/test";
import type { components } from "../src/api/schema";
import { addDays, daysBetween, formatDate, today } from "../src/format/dates";
import { formatCount, formatRatio } from "../src/format/numbers";
import {
  getJson,
  waitForChart,
  expect,
  uploadThumbnail,
  LANGUAGES,
  open,
  tableRows,
  test,
  topKeyword,
  type Translations,
} from "./support";

type Prediction = components["schemas"]["PredictResponse"];

/** Uploads a single-color image, 1600 pixels wide. */
async function uploadImage(page: Page, t: Translations, draft: string, color: string) {
  const data = await page.evaluate((fill) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1600, 900];
    const context = canvas.getContext("2d");
    if (context) context.fillStyle = fill;
    context?.fillRect(0, 0, 1600, 900);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  }, color);
  const form = page.getByRole("form", { name: t.predict.draft(draft) });
  await uploadThumbnail(form, {
    name: "thumbnail.png",
    mimeType: "image/png",
    buffer: Buffer.from(data, "base64"),
  });
}

async function predict(
  page: Page,
  t: Translations,
  draft: string,
  title: string,
  subscribers: string,
) {
  const form = page.getByRole("form", { name: t.predict.draft(draft) });
  await form.getByRole("textbox", { name: t.predict.videoTitle }).fill(title);
  await form.getByLabel(t.predict.subscribers).fill(subscribers);
  const responsePromise = page.waitForResponse("**/api/views_predict/");
  await form.getByRole("button", { name: t.predict.submit }).click();
  const response = await responsePromise;
  expect(response.status()).toBe(200);
  const sent = response.request().postDataJSON() as components["schemas"]["PredictRequest"];
  expect(sent.video_name).toBe(title);
  expect(sent.channel_subscriber).toBe(subscribers);
  // The image is re-encoded.
  expect(sent.thumbnail_url).toMatch(/^data:image\/jpeg;base64,/);
  return (await response.json()) as Prediction;
}

for (const { language, t } of LANGUAGES) {
  test(`two_drafts_are_predicted_and_compared (${language})`, async ({ page }) => {
    await open(page, "/predict", language);
    await uploadImage(page, t, "A", "#c33");
    const a = await predict(page, t, "A", "혼자 먹는 저녁 | 라면 먹방", "15300");
    const number = (value: number) => formatCount(value, language);
    const last = a.lines.data.at(-1)?.value ?? 0;
    const summary = page.locator('[data-prediction="A"]');
    await expect(summary.locator(".figure-value")).toHaveText(t.videos.views(number(last)));
    const range = a.interval?.at(-1);
    await expect(summary).toContainText(
      t.predict.interval(number(range?.low ?? 0), number(range?.high ?? 0)),
    );
    await expect(summary.locator(".factor-effect")).toHaveText(
      (a.factors ?? []).map(({ effect }) => formatRatio(effect, language)),
    );
    await waitForChart(page);

    await uploadImage(page, t, "B", "#36c");
    const b = await predict(page, t, "B", "라면", "1530000");
    await expect(page.locator('[data-prediction="B"]')).toBeVisible();
    await waitForChart(page);
    await expect(page.locator(".comparison")).toContainText("B");
    const cell = (prediction: Prediction, index: number) => {
      const range = prediction.interval?.[index];
      return `${number(prediction.lines.data[index]?.value ?? 0)} (${number(range?.low ?? 0)}–${number(range?.high ?? 0)})`;
    };
    expect(await tableRows(page, t.predict.result)).toEqual(
      a.lines.data.map(({ date }, index) => [date, cell(a, index), cell(b, index)]).reverse(),
    );
    // Drafts and predictions survive a reload.
    await page.reload();
    await expect(page.locator(".prediction")).toHaveCount(2);
    await expect(page.getByRole("textbox", { name: t.predict.videoTitle }).first()).toHaveValue(
      "혼자 먹는 저녁 | 라면 먹방",
    );
  });

  test(`prediction_starts_at_the_upload_and_states_its_end_and_axis (${language})`, async ({
    page,
  }) => {
    const upload = addDays(today(), 5);
    await open(page, `/predict?a_title=라면&a_subscribers=15300&a_date=${upload}`, language);
    const result = page.getByRole("region", { name: t.predict.result });
    await waitForChart(page);
    const rows = await tableRows(page, t.predict.result);
    const [last, first] = [rows[0]?.[0] ?? "", rows.at(-1)?.[0]];
    expect(first).toBe(upload);
    const end = formatDate(last, language);
    await expect(result.locator(".card-description")).toHaveText(t.predict.resultUntil(end));
    const age = t.predict.after(daysBetween(upload, last));
    const heading = page.locator('[data-prediction="A"] h3');
    await expect(heading).toHaveText(`${t.predict.draft("A")} · ${end} (${age})`);
  });

  test(`draft_without_thumbnail_is_predicted_with_optional_fields (${language})`, async ({
    page,
  }) => {
    await open(page, "/predict", language);
    const form = page.getByRole("form", { name: t.predict.draft("A") });
    await expect(form.getByText(t.predict.thumbnailHint)).toBeVisible();
    await form.getByRole("textbox", { name: t.predict.videoTitle }).fill("라면");
    await form.getByLabel(t.predict.subscribers, { exact: true }).fill("15300");
    await form.getByLabel(t.predict.category).selectOption("20");
    await form.getByLabel(t.predict.uploads).fill("240");
    await form.getByLabel(t.predict.format).selectOption("short");
    const responsePromise = page.waitForResponse("**/api/views_predict/");
    await form.getByRole("button", { name: t.predict.submit }).click();
    const response = await responsePromise;
    expect(response.status()).toBe(200);
    expect(response.request().postDataJSON()).toMatchObject({
      category: 20,
      uploads: 240,
      is_short: true,
    });
    await expect(page.locator('[data-factor="uploads"]')).toBeVisible();
  });

  test(`drafts_are_compared_at_equal_age (${language})`, async ({ page }) => {
    const [tomorrow, late, last, past] = [1, 30, 31, -200].map((days) => addDays(today(), days));
    await open(page, `/predict?a_date=${tomorrow}&b_date=${late}`, language);
    const predictDraft = async (draft: string) => {
      const form = page.getByRole("form", { name: t.predict.draft(draft) });
      await form.getByRole("textbox", { name: t.predict.videoTitle }).fill("라면");
      await form.getByLabel(t.predict.subscribers, { exact: true }).fill("1.53만");
      await form.getByRole("button", { name: t.predict.submit }).click();
      await expect(page.locator(`[data-prediction="${draft}"]`)).toBeVisible();
    };
    await predictDraft("A");
    await predictDraft("B");
    await expect(page.locator('[data-prediction="B"]')).toContainText(t.predict.after(1));
    await expect(page.locator(".comparison")).toHaveText(t.predict.even);
    await expect(page.getByText(t.predict.firstValue)).toBeVisible();
    await page.goto(`/predict?a_date=${past}&b_date=${late}`);
    await predictDraft("A");
    await expect(page.locator(".comparison")).toHaveText(t.predict.notComparable);
    // The views of the upload day depend on the hour.
    await page.goto(`/predict?a_date=${last}&a_hour=0&b_date=${last}&b_hour=23`);
    await predictDraft("A");
    await predictDraft("B");
    await expect(page.locator('[data-prediction="B"]')).toContainText(t.predict.after(0));
    await expect(page.locator(".comparison")).toHaveText(t.predict.tooYoung);
  });

  test(`shared_address_of_a_complete_draft_is_predicted (${language})`, async ({ page }) => {
    await open(page, "/predict?a_title=라면&a_subscribers=15300&b_title=라면", language);
    await expect(page.locator('[data-prediction="A"]')).toBeVisible();
    // It has no subscribers.
    await expect(page.locator('[data-prediction="B"]')).toHaveCount(0);
  });

  test(`missing_draft_fields_are_reported (${language})`, async ({ page }) => {
    await open(page, "/predict", language);
    const form = page.getByRole("form", { name: t.predict.draft("A") });
    await form.getByRole("textbox", { name: t.predict.videoTitle }).fill(" \u200b\ufeff");
    await form.getByRole("button", { name: t.predict.submit }).click();
    const { title, subscribers } = t.predict.invalid;
    for (const problem of [title, subscribers]) {
      await expect(form.getByText(problem)).toBeVisible();
    }
    await expect(form.getByRole("textbox", { name: t.predict.videoTitle })).toBeFocused();
  });

  test(`simple_and_advanced_recommendation_search_show_the_api_responses (${language})`, async ({
    page,
    request,
  }) => {
    const keyword = await topKeyword(request);
    const names = page.locator(".recommendation-name");
    const simple = await getJson(request, "/api/views_predict/simple_recommendation", {
      keyword_string: keyword,
    });
    await open(page, "/predict", language);
    await page.getByRole("textbox", { name: t.predict.keywords }).fill(keyword);
    await page.getByRole("button", { name: t.predict.search }).click();
    await expect(names).toHaveText(simple.map((video) => video.video_name));

    const must = "shorts";
    const advanced = await getJson(request, "/api/views_predict/advanced_recommendation", {
      keyword_string: keyword,
      must_keyword: must,
    });
    await page.getByRole("link", { name: t.predict.advanced }).click();
    await page.getByLabel(t.predict.must).fill(must);
    await page.getByRole("button", { name: t.predict.search }).click();
    await expect(page).toHaveURL(/must=shorts/);
    await expect(names).toHaveText(advanced.map((video) => video.video_name));

    const first = page.locator(".recommendation").first();
    await first.getByRole("button", { name: t.predict.useTitle(t.predict.draft("B")) }).click();
    await expect(page.getByRole("textbox", { name: t.predict.videoTitle }).nth(1)).toHaveValue(
      advanced[0]?.video_name ?? "",
    );
  });
}

test("image_can_be_pasted_or_dropped_and_other_files_are_rejected", async ({ page }) => {
  await open(page, "/predict");
  const form = page.getByRole("form", { name: "초안 B" });
  await form.getByRole("textbox", { name: "제목" }).focus();
  const transfer = (kind: "paste" | "drop", type: string) =>
    page.evaluate(
      async ([action, mime]) => {
        const canvas = new OffscreenCanvas(160, 90);
        canvas.getContext("2d")?.fillRect(0, 0, 160, 90);
        const image = mime === "image/png" ? await canvas.convertToBlob() : new Blob(["no"]);
        const files = new DataTransfer();
        files.items.add(new File([image], "file", { type: mime }));
        const [target, event] =
          action === "paste"
            ? [document, new ClipboardEvent("paste", { clipboardData: files })]
            : [
                document.querySelector(".draft-a .thumbnail-upload"),
                new DragEvent("drop", { dataTransfer: files, bubbles: true }),
              ];
        target?.dispatchEvent(event);
      },
      [kind, type] as const,
    );
  await transfer("paste", "image/png");
  await expect(form.getByRole("img", { name: "썸네일" })).toBeVisible();
  await transfer("drop", "text/plain");
  await expect(page.getByText("JPEG, PNG, WebP 이미지만 사용할 수 있어요.")).toBeVisible();
  await transfer("drop", "image/png");
  await expect(page.getByRole("img", { name: "썸네일" })).toHaveCount(2);
});

test("prediction_without_interval_and_factors_is_shown", async ({ page }) => {
  await page.route("**/api/views_predict/", async (route) => {
    const response = await route.fetch();
    const { lines } = (await response.json()) as Prediction;
    await route.fulfill({ response, json: { lines } });
  });
  await open(page, "/predict");
  const t = LANGUAGES[0]?.t;
  if (!t) return;
  await uploadImage(page, t, "A", "#383");
  await predict(page, t, "A", "라면", "15300");
  await expect(page.getByText(t.predict.noFactors)).toBeVisible();
  await waitForChart(page);
  expect(await tableRows(page, t.predict.result)).toHaveLength(31);
});
