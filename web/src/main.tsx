import { render } from "preact";
import { App } from "./app";
import { interceptLinkClicks } from "./router/location";
import "./styles/index.css";
import { initTheme } from "./theme";

// A chunk no longer exists after a deployment: reload, but not in a loop.
addEventListener("vite:preloadError", (event) => {
  if (performance.now() < 10_000) return;
  event.preventDefault();
  location.reload();
});

initTheme();
interceptLinkClicks();
const root = document.getElementById("app");
if (root) render(<App />, root);
