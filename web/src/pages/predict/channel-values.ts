import type { components } from "../../api/schema";
import { parseCount } from "../../format/numbers";
import type { Draft } from "./draft";

export type Profile = components["schemas"]["ChannelProfileResponse"];

const FIELDS = ["subscribers", "category", "uploads", "format"] as const;

export type ChannelField = (typeof FIELDS)[number];

type ChannelValues = Pick<Draft, ChannelField>;

/** The values of a draft that are known of a channel; empty ones are not. */
function channelValues({ subscribers, category, uploads, is_short }: Profile): ChannelValues {
  return {
    subscribers: subscribers == null ? "" : String(subscribers),
    category: category == null ? "" : String(category),
    uploads: uploads == null ? "" : String(uploads),
    format: is_short == null ? "" : is_short ? "short" : "long",
  };
}

/** Whether a draft with these subscribers can be of the channel. */
function isOfChannel(draft: Draft, { subscribers }: Profile): boolean {
  return !draft.subscribers || parseCount(draft.subscribers) === (subscribers ?? undefined);
}

/** Whether a draft has the subscribers of the channel, so that its earlier videos are used. */
export function hasSubscribersOf(draft: Draft, profile: Profile): boolean {
  return draft.subscribers !== "" && isOfChannel(draft, profile);
}

/** The values of the channel for the empty fields of a draft; none for one of another channel. */
export function missingValues(draft: Draft, profile: Profile): Partial<ChannelValues> {
  if (!isOfChannel(draft, profile)) return {};
  const values = channelValues(profile);
  const missing = FIELDS.filter((field) => !draft[field] && values[field]);
  return Object.fromEntries(missing.map((field) => [field, values[field]]));
}

/** The fields of a draft that have the value of the channel. */
export function fieldsOfChannel(draft: Draft, profile: Profile): ChannelField[] {
  if (!isOfChannel(draft, profile)) return [];
  const values = channelValues(profile);
  return FIELDS.filter((field) => draft[field] && draft[field] === values[field]);
}
