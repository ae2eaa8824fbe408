import { signal } from "@preact/signals";
import { ApiError, fetchJson, toApiError } from "../api/client";
import type { components } from "../api/schema";
import { safeLocalStorage, safeSessionStorage, type StorageKey } from "../storage";
import { navigate } from "../router/location";
import { urls } from "../router/urls";

export type Account = components["schemas"]["UserResponse"];
type SessionResponse = components["schemas"]["SessionResponse"];

/**
 * `expired`: the server rejected the token. `deleted`: the user has deleted the account. `error`: the
 * account could not be loaded.
 */
export type Session =
  | { status: "anonymous" }
  | { status: "expired" }
  | { status: "deleted" }
  | {
      status: "authenticated";
      token: string;
      account: Account | undefined;
      error?: ApiError | undefined;
    };

const token = safeLocalStorage.read("token");
const session = signal<Session>(
  token ? { status: "authenticated", token, account: undefined } : { status: "anonymous" },
);

export function useSession(): Session {
  return session.value;
}

/** Sends a request with the token. A 401 response ends the session. */
export async function fetchAuthenticated<T>(
  path: string,
  method = "GET",
  body?: unknown,
): Promise<T> {
  const current = session.peek();
  if (current.status !== "authenticated") throw new ApiError(401, null, null);
  const headers: Record<string, string> = { Authorization: `Token ${current.token}` };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const options = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const [pathname, query] = path.split("?");
    const url = `/api/${pathname}/${query ? `?${query}` : ""}`;
    return (await fetchJson<T>(url, options)).data;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) endSession("expired");
    throw error;
  }
}

function endSession(status: "anonymous" | "expired" | "deleted"): void {
  safeLocalStorage.write("token", null);
  session.value = { status };
}

async function startSession(
  path: "login" | "register",
  username: string,
  password: string,
): Promise<void> {
  const { data } = await fetchJson<SessionResponse>(`/api/accounts/auth/${path}/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  safeLocalStorage.write("token", data.token);
  session.value = { status: "authenticated", token: data.token, account: data.user };
}

export function logIn(username: string, password: string): Promise<void> {
  return startSession("login", username, password);
}

/** Creates an account; the API expects an update of its profile, here an empty one, afterwards. */
export async function register(username: string, password: string): Promise<void> {
  await startSession("register", username, password);
  await fetchAuthenticated("accounts/auth/userinfo/update", "PUT", {});
}

export async function refreshAccount(): Promise<void> {
  try {
    const account = await fetchAuthenticated<Account>("accounts/auth/user", "GET");
    update({ account, error: undefined });
  } catch (thrown) {
    update({ error: toApiError(thrown) });
    throw thrown;
  }
}

function update(change: { account?: Account; error: ApiError | undefined }): void {
  const current = session.peek();
  if (current.status === "authenticated") session.value = { ...current, ...change };
}

export async function setOwnChannel(idx: number | null): Promise<void> {
  await fetchAuthenticated("accounts/auth/userinfo/update", "PATCH", { own_channel: idx });
  await refreshAccount();
}

/** The session storage keys of drafts and predictions. */
const DRAFT_KEYS: StorageKey[] = ["draft.A", "draft.B", "draft-prediction.A", "draft-prediction.B"];

/** Ends the session on request of the user, and removes their drafts. */
function endSessionAndDrafts(status: "anonymous" | "deleted" = "anonymous"): void {
  for (const key of DRAFT_KEYS) safeSessionStorage.write(key, null);
  safeSessionStorage.write("session", String(Date.now()));
  endSession(status);
  // A predicted draft is in the URL.
  if (location.pathname === urls.predict()) navigate(urls.predict(), { replace: true });
}

// A logout in another tab ends the session in this one.
addEventListener("storage", ({ key, newValue }) => {
  if (key === "createtrend.token" && newValue === null) endSessionAndDrafts();
});

/** Ends this session, on this device even if the request fails. */
export async function logOut(): Promise<void> {
  try {
    await fetchAuthenticated("accounts/auth/logout", "POST");
  } finally {
    endSessionAndDrafts();
  }
}

/**
 * Whether a new password has fewer than eight characters. The API has this rule for changes; for
 * registrations it accepts four, as earlier clients need.
 */
export function isPasswordTooShort(password: string): boolean {
  return Array.from(password.trim()).length < 8;
}

/** Changes the password, and ends all other sessions. */
export function changePassword(password: string, newPassword: string): Promise<void> {
  return fetchAuthenticated("me/password", "POST", { password, new_password: newPassword });
}

/** Deletes the account with all its data. */
export async function deleteAccount(password: string): Promise<void> {
  await fetchAuthenticated("me/deletion", "POST", { password });
  endSessionAndDrafts("deleted");
}

/** Ends all sessions of the account; none if the request fails. */
export async function logOutEverywhere(): Promise<void> {
  await fetchAuthenticated("accounts/auth/logoutall", "POST");
  endSessionAndDrafts();
}
