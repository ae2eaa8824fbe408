import { createStore, useStore } from "../store";

export type Place = { path: string; query: URLSearchParams };

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

const place = createStore<Place>(here());

addEventListener("popstate", () => place.set(here()));

/** Where the reader is. */
export function usePlace(): Place {
  return useStore(place);
}

/** Goes to an address of this application. */
export function go(to: string, { replace = false } = {}): void {
  const before = location.pathname;
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  place.set(here());
  if (location.pathname !== before) scrollTo({ top: 0, behavior: "instant" });
}

/** Links of the application are followed without a new page. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // In a picture (SVG) too, where `href` is no text.
    const link = (event.target as Element | null)?.closest("a");
    const href = link?.getAttribute("href");
    if (!link || !href || href.startsWith("#") || link.hasAttribute("target")) return;
    const to = new URL(href, location.href);
    if (to.origin !== location.origin) return;
    event.preventDefault();
    go(to.pathname + to.search);
  });
}
