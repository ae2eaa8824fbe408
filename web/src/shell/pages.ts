import { to } from "../router/addresses";

/** The pages of the menu. */
export const PAGES = [
  { name: "home", address: to.home(), isAt: (path: string) => path === "/" },
  { name: "keyword", address: to.keyword(), isAt: (path: string) => path.startsWith("/keyword") },
  {
    name: "channels",
    address: to.channels(),
    isAt: (path: string) => path.startsWith("/channels"),
  },
  { name: "predict", address: to.predict(), isAt: (path: string) => path.startsWith("/predict") },
] as const;
