/** What the browser keeps for this page; a browser that keeps nothing is no error. */
function remembering(storage: () => Storage) {
  return {
    read(key: string): string | null {
      try {
        return storage().getItem(`createtrend.${key}`);
      } catch {
        return null;
      }
    },
    write(key: string, value: string | null): void {
      try {
        if (value === null) storage().removeItem(`createtrend.${key}`);
        else storage().setItem(`createtrend.${key}`, value);
      } catch {
        // Private browsing, or no room: the page works without.
      }
    },
  };
}

/** Until somebody clears it. */
export const kept = remembering(() => localStorage);
/** As long as the tab is open. */
export const keptInTab = remembering(() => sessionStorage);
