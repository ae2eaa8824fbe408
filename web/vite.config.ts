import { defineConfig } from "vite";

// `npm run dev` and `npx vite preview` proxy the API of a running instance.
const api = process.env.CREATETREND_GATEWAY ?? "http://localhost:8080";

export default defineConfig({
  server: { proxy: { "/api": api, "/demo": api } },
  build: {
    target: "es2022",
    // The Content-Security-Policy permits data: URLs only for images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
