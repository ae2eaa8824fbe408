import { useEffect, useState } from "preact/hooks";

/** How long one waits before the page says that it takes long, in milliseconds. */
const SLOW = 4_000;

/** Whether what is being waited for takes long. */
export function useSlow(isWaiting: boolean, what: string): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, [isWaiting, what]);
  return isSlow && isWaiting;
}
