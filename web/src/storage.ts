export type StorageKey =
  | "language"
  | "theme"
  | "token"
  | "session"
  | "subscribers"
  | `${"draft" | "draft-prediction"}.${"A" | "B"}`;

/** Wraps a storage that may be disabled or full: reads return null, writes are ignored. */
function safeStorage(storage: () => Storage) {
  return {
    read(key: StorageKey): string | null {
      try {
        return storage().getItem(`createtrend.${key}`);
      } catch {
        return null;
      }
    },
    write(key: StorageKey, value: string | null): void {
      try {
        if (value === null) storage().removeItem(`createtrend.${key}`);
        else storage().setItem(`createtrend.${key}`, value);
      } catch {
        // Private browsing or quota exceeded.
      }
    },
  };
}

export const safeLocalStorage = safeStorage(() => localStorage);
export const safeSessionStorage = safeStorage(() => sessionStorage);
