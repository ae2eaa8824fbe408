import { defineConfig } from "vite";

// `npm run dev` works on the API of a running instance.
const api = process.env.CREATETREND_GATEWAY ?? "http://localhost:8080";

export default defineConfig({
  server: { proxy: { "/api": api, "/demo": api } },
  build: {
    target: "es2022",
    // The policy allows no data: URLs but for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        // Charts are large, and come after the page (see src/charts/).
        manualChunks: (id) =>
          /node_modules\/(echarts|zrender|tslib)\//.test(id) ? "charts" : undefined,
      },
    },
    // The charts, which are on their own.
    chunkSizeWarningLimit: 700,
  },
});
