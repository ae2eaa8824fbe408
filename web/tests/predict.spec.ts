import type { Page } from "@playwright/test";
import type { components } from "../src/api/schema";
import { change, count } from "../src/format/numbers";
import type { Words } from "../src/i18n/ko";
import {
  ask,
  drawn,
  expect,
  giveThumbnail,
  LANGUAGES,
  open,
  tableOf,
  test,
  topKeyword,
} from "./support";

type Prediction = components["schemas"]["PredictResponse"];

/** A picture of one colour, as somebody would drop it. */
async function choosePicture(page: Page, words: Words, draft: string, color: string) {
  const data = await page.evaluate((fill) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1600, 900];
    const context = canvas.getContext("2d");
    if (context) context.fillStyle = fill;
    context?.fillRect(0, 0, 1600, 900);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  }, color);
  const form = page.getByRole("form", { name: words.predict.draft(draft) });
  await giveThumbnail(form, {
    name: "thumbnail.png",
    mimeType: "image/png",
    buffer: Buffer.from(data, "base64"),
  });
}

async function predict(
  page: Page,
  words: Words,
  draft: string,
  title: string,
  subscribers: string,
) {
  const form = page.getByRole("form", { name: words.predict.draft(draft) });
  await form.getByRole("textbox", { name: words.predict.videoTitle }).fill(title);
  await form.getByLabel(words.predict.subscribers).fill(subscribers);
  const answer = page.waitForResponse("**/api/views_predict/");
  await form.getByRole("button", { name: words.predict.submit }).click();
  const reply = await answer;
  expect(reply.status()).toBe(200);
  const sent = reply.request().postDataJSON() as components["schemas"]["PredictRequest"];
  expect(sent.video_name).toBe(title);
  expect(sent.channel_subscriber).toBe(subscribers);
  // It was 1600 pixels wide.
  expect(sent.thumbnail_url).toMatch(/^data:image\/jpeg;base64,/);
  return (await reply.json()) as Prediction;
}

for (const { language, words } of LANGUAGES) {
  test(`two drafts are predicted and compared (${language})`, async ({ page }) => {
    await open(page, "/predict", language);
    await choosePicture(page, words, "A", "#c33");
    const a = await predict(page, words, "A", "혼자 먹는 저녁 | 라면 먹방", "15300");
    const number = (value: number) => count(value, language);
    const last = a.lines.data.at(-1)?.value ?? 0;
    const outcome = page.locator('[data-outcome="A"]');
    await expect(outcome.locator(".figure-value")).toHaveText(words.videos.views(number(last)));
    const range = a.interval?.at(-1);
    await expect(outcome).toContainText(
      words.predict.range(number(range?.low ?? 0), number(range?.high ?? 0)),
    );
    await expect(outcome.locator(".reason-effect")).toHaveText(
      (a.factors ?? []).map(({ effect }) => change(effect, language)),
    );
    expect(await drawn(page)).toBe("31");

    await choosePicture(page, words, "B", "#36c");
    const b = await predict(page, words, "B", "라면", "1530000");
    await expect(page.locator('[data-outcome="B"]')).toBeVisible();
    await expect(page.locator(".chart-canvas")).toHaveAttribute("data-drawn", "31 31");
    await expect(page.locator(".verdict")).toContainText("B");
    const cell = (one: Prediction, place: number) => {
      const of = one.interval?.[place];
      return `${number(one.lines.data[place]?.value ?? 0)} (${number(of?.low ?? 0)}–${number(of?.high ?? 0)})`;
    };
    expect(await tableOf(page, words.predict.result)).toEqual(
      a.lines.data.map(({ date }, place) => [date, cell(a, place), cell(b, place)]).reverse(),
    );
    // All of it is still there.
    await page.reload();
    await expect(page.locator(".outcome")).toHaveCount(2);
    await expect(page.getByRole("textbox", { name: words.predict.videoTitle }).first()).toHaveValue(
      "혼자 먹는 저녁 | 라면 먹방",
    );
  });

  test(`what is missing in a draft is said (${language})`, async ({ page }) => {
    await open(page, "/predict", language);
    const form = page.getByRole("form", { name: words.predict.draft("A") });
    await form.getByRole("button", { name: words.predict.submit }).click();
    const { thumbnail, title, subscribers } = words.predict.missing;
    for (const problem of [thumbnail, title, subscribers]) {
      await expect(form.getByText(problem)).toBeVisible();
    }
  });

  test(`ideas are those of the API, simple and advanced (${language})`, async ({
    page,
    request,
  }) => {
    const keyword = await topKeyword(request);
    const names = page.locator(".idea-name");
    const simple = await ask(request, "/api/views_predict/simple_recommendation", {
      keyword_string: keyword,
    });
    await open(page, "/predict", language);
    await page.getByLabel(words.predict.words).fill(keyword);
    await page.getByRole("button", { name: words.predict.find }).click();
    await expect(names).toHaveText(simple.map((idea) => idea.video_name));

    const must = "shorts";
    const advanced = await ask(request, "/api/views_predict/advanced_recommendation", {
      keyword_string: keyword,
      must_keyword: must,
    });
    await page.getByRole("button", { name: words.predict.advanced }).click();
    await page.getByLabel(words.predict.must).fill(must);
    await page.getByRole("button", { name: words.predict.find }).click();
    await expect(page).toHaveURL(/must=shorts/);
    await expect(names).toHaveText(advanced.map((idea) => idea.video_name));

    const first = page.locator(".idea").first();
    await first.getByRole("button", { name: words.predict.use(words.predict.draft("B")) }).click();
    await expect(page.getByRole("textbox", { name: words.predict.videoTitle }).nth(1)).toHaveValue(
      advanced[0]?.video_name ?? "",
    );
  });
}

test("a picture is pasted or dropped; what is none is refused", async ({ page }) => {
  await open(page, "/predict");
  const form = page.getByRole("form", { name: "초안 B" });
  await form.getByRole("textbox", { name: "제목" }).focus();
  const give = (kind: "paste" | "drop", type: string) =>
    page.evaluate(
      async ([how, mime]) => {
        const canvas = new OffscreenCanvas(160, 90);
        canvas.getContext("2d")?.fillRect(0, 0, 160, 90);
        const picture = mime === "image/png" ? await canvas.convertToBlob() : new Blob(["no"]);
        const files = new DataTransfer();
        files.items.add(new File([picture], "file", { type: mime }));
        const [target, event] =
          how === "paste"
            ? [document, new ClipboardEvent("paste", { clipboardData: files })]
            : [
                document.querySelector(".draft-a .thumbnail"),
                new DragEvent("drop", { dataTransfer: files, bubbles: true }),
              ];
        target?.dispatchEvent(event);
      },
      [kind, type] as const,
    );
  await give("paste", "image/png");
  await expect(form.getByRole("img", { name: "썸네일" })).toBeVisible();
  await give("drop", "text/plain");
  await expect(page.getByText("JPEG, PNG, WebP 그림만 쓸 수 있어요.")).toBeVisible();
  await give("drop", "image/png");
  await expect(page.getByRole("img", { name: "썸네일" })).toHaveCount(2);
});

test("an AI server that gives no interval and no reasons is enough", async ({ page }) => {
  await page.route("**/api/views_predict/", async (route) => {
    const reply = await route.fetch();
    const { lines } = (await reply.json()) as Prediction;
    await route.fulfill({ response: reply, json: { lines } });
  });
  await open(page, "/predict");
  const words = LANGUAGES[0]?.words;
  if (!words) return;
  await choosePicture(page, words, "A", "#383");
  await predict(page, words, "A", "라면", "15300");
  await expect(page.getByText(words.predict.noReasons)).toBeVisible();
  expect(await drawn(page)).toBe("31");
});
