import { account } from "./account";
import { categories } from "./categories";
import { channels } from "./channels";
import { charts } from "./charts";
import { common } from "./common";
import { keywords } from "./keywords";
import { videos } from "./videos";
import { watchlist } from "./watchlist";

export const ko = {
  ...common,
  ...charts,
  ...categories,
  ...keywords,
  ...channels,
  ...videos,
  ...account,
  ...watchlist,
};

export type Translations = typeof ko;
