import createClient from "openapi-fetch";
import { GATEWAY } from "../playwright.config";
import type { paths } from "../src/api/schema";
import { expect, uniqueUsername, ONE_PIXEL, PASSWORD, test } from "./support";

// A third-party client with types generated from the OpenAPI document (`npm run types`).
test("generated_client_registers_logs_in_searches_and_predicts", async () => {
  const api = createClient<paths>({ baseUrl: GATEWAY });
  const account = { username: uniqueUsername(), password: PASSWORD };

  const registered = await api.POST("/api/accounts/auth/register/", { body: account });
  expect(registered.data?.user.username).toBe(account.username);

  const loggedIn = await api.POST("/api/accounts/auth/login/", { body: account });
  const token = loggedIn.data?.token ?? "";
  expect(token).not.toBe(registered.data?.token);
  const headers = { Authorization: `Token ${token}` };
  const user = await api.GET("/api/accounts/auth/user/", { headers });
  expect(user.data).toEqual(loggedIn.data?.user);

  const top = await api.GET("/api/channel_analyze/");
  const search = top.data?.[0]?.keyword[0]?.name ?? "";
  expect(search).not.toBe("");
  const found = await api.GET("/api/keyword_search/", { params: { query: { search } } });
  const video = found.data?.video[1]?.data[0];
  expect(video?.video_name).toBeTruthy();
  const detail = await api.GET("/api/video_detail/{idx}/", {
    params: { path: { idx: video?.idx ?? 0 } },
  });
  expect(detail.data?.video.video.video_name).toBe(video?.video_name);

  const predicted = await api.POST("/api/views_predict/", {
    body: {
      thumbnail_url: `data:image/png;base64,${ONE_PIXEL.buffer.toString("base64")}`,
      video_name: `${search} 브이로그`,
      channel_subscriber: 15300,
      upload_date: new Date().toISOString().slice(0, 10),
    },
  });
  expect(predicted.data?.lines.data).toHaveLength(31);

  const loggedOut = await api.POST("/api/accounts/auth/logout/", { headers });
  expect(loggedOut.response.status).toBe(204);
  const rejected = await api.GET("/api/accounts/auth/user/", { headers });
  expect(rejected.response.status).toBe(401);
  expect(rejected.error?.code).toBe("authentication_failed");
});
