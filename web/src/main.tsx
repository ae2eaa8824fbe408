import { render } from "preact";
import { App } from "./app";
import { followLinks } from "./router/location";
import "./styles/index.css";
import { followTheme } from "./theme";

// A part of the page that was replaced on the server since: start over, once.
addEventListener("vite:preloadError", (event) => {
  if (performance.now() < 10_000) return;
  event.preventDefault();
  location.reload();
});

followTheme();
followLinks();
const root = document.getElementById("app");
if (root) render(<App />, root);
