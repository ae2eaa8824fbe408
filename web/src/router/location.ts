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

function currentLocation(): RouterLocation {
  const { session = sessionId() } = (history.state ?? {}) as { session?: string };
  const isEarlier = session !== sessionId() && location.pathname === urls.predict();
  const search = isEarlier ? "" : location.search;
  const url = location.pathname + search + location.hash;
  history.replaceState({ session: sessionId() }, "", url);
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

const routerLocation = signal<RouterLocation>(currentLocation());

addEventListener("popstate", () => (routerLocation.value = currentLocation()));

export function useLocation(): RouterLocation {
  return routerLocation.value;
}

/** Client-side navigation to a URL of the dashboard. */
export function navigate(url: string, { replace = false } = {}): void {
  const previousPath = location.pathname;
  if (url === location.pathname + location.search) return;
  const state = { session: sessionId() };
  if (replace) history.replaceState(state, "", url);
  else history.pushState(state, "", url);
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
