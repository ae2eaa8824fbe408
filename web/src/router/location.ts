/**
 * Client-side navigation. wouter-preact would add 2.5 kB (compressed; this file and `lazy` have
 * 0.7 kB), and the session in the history, scrolling and clicks on plain links would remain.
 */
import { signal } from "@preact/signals";
import { safeSessionStorage } from "../storage";
import { urls } from "./urls";

export type RouterLocation = { path: string; params: URLSearchParams };

/**
 * Changes at logout. Entries of the history from before may have a planned video in their URL,
 * which is removed when they are visited again.
 */
const sessionId = () => safeSessionStorage.read("session") ?? "";

/** `top` is the scroll position at which the page was left by a link. */
type HistoryState = { session?: string; top?: number };

const historyState = () => (history.state ?? {}) as HistoryState;

function currentLocation(): RouterLocation {
  const { session = sessionId(), top } = historyState();
  const isEarlier = session !== sessionId() && location.pathname === urls.predict();
  const search = isEarlier ? "" : location.search;
  const url = location.pathname + search + location.hash;
  history.replaceState({ session: sessionId(), top }, "", url);
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

const routerLocation = signal<RouterLocation>(currentLocation());

addEventListener("popstate", () => {
  routerLocation.value = currentLocation();
  restoreScroll(historyState().top);
});

/** The longest time in which a page may get its height, in milliseconds. */
const RESTORE_TIMEOUT = 4_000;

/** Scrolls while the page loads, which the browser does not wait for, until the user does something. */
function restoreScroll(top: number | undefined): void {
  if (!top) return;
  const stop = new AbortController();
  const { signal } = stop;
  const end = performance.now() + RESTORE_TIMEOUT;
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown", "popstate"]) {
    addEventListener(type, () => stop.abort(), { signal });
  }
  const scroll = () => {
    if (signal.aborted) return;
    scrollTo({ top, behavior: "instant" });
    const isLoaded = Math.abs(scrollY - top) < 1 && !document.querySelector(".skeleton");
    if (isLoaded || performance.now() > end) stop.abort();
    else requestAnimationFrame(scroll);
  };
  requestAnimationFrame(scroll);
}

export function useLocation(): RouterLocation {
  return routerLocation.value;
}

/** Client-side navigation to a URL of the dashboard. */
export function navigate(url: string, { replace = false } = {}): void {
  const previousPath = location.pathname;
  if (url === location.pathname + location.search) return;
  const state: HistoryState = { session: sessionId() };
  if (replace) {
    history.replaceState(state, "", url);
  } else {
    history.replaceState({ ...historyState(), top: scrollY }, "");
    history.pushState(state, "", url);
  }
  routerLocation.value = currentLocation();
  if (location.pathname !== previousPath) scrollTo({ top: 0, behavior: "instant" });
}

/** Turns clicks on same-origin links into client-side navigation. */
export function interceptLinkClicks(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // `href` of an SVG link is an object, so the attribute is read.
    const link = (event.target as Element | null)?.closest("a");
    const href = link?.getAttribute("href");
    if (!link || !href || href.startsWith("#") || link.hasAttribute("target")) return;
    const url = new URL(href, location.href);
    if (url.origin !== location.origin) return;
    event.preventDefault();
    navigate(url.pathname + url.search);
  });
}
