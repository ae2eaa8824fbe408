import { account } from "./account";
import { categories } from "./categories";
import { channels } from "./channels";
import { charts } from "./charts";
import { common } from "./common";
import { keywords } from "./keywords";
import { videos } from "./videos";
import { watchlist } from "./watchlist";
import type { Translations } from "../ko";

export const en: Translations = {
  ...common,
  ...charts,
  ...categories,
  ...keywords,
  ...channels,
  ...videos,
  ...account,
  ...watchlist,
};
