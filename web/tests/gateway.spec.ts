import { expect, test } from "@playwright/test";

test("every page's address gives the application, with its policy", async ({ request }) => {
  for (const path of ["/", "/keyword?q=x", "/channels/3", "/predict", "/anything/at/all"]) {
    const reply = await request.get(path);
    expect(reply.status(), path).toBe(200);
    const headers = reply.headers();
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["cache-control"]).toBe("no-cache");
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("unsafe");
  }
});

test("scripts and styles are kept for a year, and compressed", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const reply = await request.get(file ?? "");
    expect(reply.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(reply.headers()["content-encoding"]).toBe("gzip");
    expect(reply.headers()["content-type"]).toMatch(/^text\/(javascript|css); charset=utf-8$/);
  }
});

test("what is no page is an error in JSON", async ({ request }) => {
  for (const path of [
    "/api",
    "/api/",
    "/api/nothing/",
    "/health/nothing",
    "/metrics",
    "/metrics/",
    "/assets/missing.js",
    "/static/missing.js",
    "/demo/thumbnails/missing.svg",
  ]) {
    const reply = await request.get(path);
    expect(reply.status(), path).toBe(404);
    expect(((await reply.json()) as { code: string }).code, path).toBe("not_found");
  }
});

test("an application is read, not written", async ({ request }) => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
    const reply = await request.fetch("/", { method });
    expect(reply.status(), method).toBe(405);
    expect(reply.headers().allow).toBe("GET, HEAD");
    expect(((await reply.json()) as { code: string }).code).toBe("method_not_allowed");
  }
  expect((await request.fetch("/", { method: "HEAD" })).status()).toBe(200);
});
