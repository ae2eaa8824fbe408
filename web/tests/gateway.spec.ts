import { expect, test } from "@playwright/test";

test("page_urls_return_the_dashboard_with_its_security_policy", async ({ request }) => {
  for (const path of ["/", "/keyword?q=x", "/channels/3", "/predict", "/anything/at/all"]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    const headers = response.headers();
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["cache-control"]).toBe("no-cache");
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("unsafe");
  }
});

test("scripts_and_styles_are_compressed_and_cached_for_a_year", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const response = await request.get(file ?? "");
    expect(response.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(response.headers()["content-encoding"]).toBe("gzip");
    expect(response.headers()["content-type"]).toMatch(/^text\/(javascript|css); charset=utf-8$/);
  }
});

test("unknown_path_returns_a_json_error", async ({ request }) => {
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
    const response = await request.get(path);
    expect(response.status(), path).toBe(404);
    expect(((await response.json()) as { code: string }).code, path).toBe("not_found");
  }
});

test("dashboard_rejects_write_methods", async ({ request }) => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
    const response = await request.fetch("/", { method });
    expect(response.status(), method).toBe(405);
    expect(response.headers().allow).toBe("GET, HEAD");
    expect(((await response.json()) as { code: string }).code).toBe("method_not_allowed");
  }
  expect((await request.fetch("/", { method: "HEAD" })).status()).toBe(200);
});
