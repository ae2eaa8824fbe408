import { ApiError } from "../api/error";
import type { components } from "../api/schema";
import { send } from "../api/send";
import { kept } from "../remember";
import { createStore, useStore } from "../store";

export type Account = components["schemas"]["UserResponse"];
type Opened = components["schemas"]["SessionResponse"];

/** `expired`: there was a session, and it has ended by itself. */
export type Session =
  | { state: "out" }
  | { state: "expired" }
  | { state: "in"; token: string; account: Account | undefined };

const token = kept.read("token");
const session = createStore<Session>(
  token ? { state: "in", token, account: undefined } : { state: "out" },
);

export function useSession(): Session {
  return useStore(session);
}

/** A request of an account. A token that is no longer good ends the session. */
async function asAccount<T>(path: string, method: string, body?: unknown): Promise<T> {
  const current = session.get();
  if (current.state !== "in") throw new ApiError(401, null, null);
  const headers: Record<string, string> = { Authorization: `Token ${current.token}` };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return (await send<T>(`/api/accounts/auth/${path}/`, sent)).value;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) end({ state: "expired" });
    throw error;
  }
}

function end(state: Session): void {
  kept.write("token", null);
  session.set(state);
}

async function open(path: "login" | "register", username: string, password: string): Promise<void> {
  const { value } = await send<Opened>(`/api/accounts/auth/${path}/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  kept.write("token", value.token);
  session.set({ state: "in", token: value.token, account: value.user });
}

export function logIn(username: string, password: string): Promise<void> {
  return open("login", username, password);
}

/** As every client does, with what is known of the new account: nothing. */
export async function register(username: string, password: string): Promise<void> {
  await open("register", username, password);
  await asAccount("userinfo/update", "PUT", {});
}

/** What the server knows of who is logged in. */
export async function fetchAccount(): Promise<void> {
  const account = await asAccount<Account>("user", "GET");
  const current = session.get();
  if (current.state === "in") session.set({ ...current, account });
}

export async function chooseChannel(idx: number | null): Promise<void> {
  await asAccount("userinfo/update", "PATCH", { own_channel: idx });
  await fetchAccount();
}

/** Ends this session, or all of the account's. Here it ends in any case. */
export async function logOut({ everywhere = false } = {}): Promise<void> {
  try {
    await asAccount(everywhere ? "logoutall" : "logout", "POST");
  } finally {
    end({ state: "out" });
  }
}
