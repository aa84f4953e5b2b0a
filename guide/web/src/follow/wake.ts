/** Keeps the screen awake while somebody walks by it. */
export interface Waking {
  release(): void;
}

/** Null where the browser cannot; the visitor should know, and set their device. */
export function stayAwake(): Waking | null {
  if (!("wakeLock" in navigator)) return null;
  let lock: WakeLockSentinel | null = null;
  let wanted = true;
  const ask = async (): Promise<void> => {
    if (!wanted || document.visibilityState !== "visible") return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (!wanted) void lock.release();
    } catch {
      // A low battery refuses; it is asked again when the page next shows.
    }
  };
  // The lock goes whenever the page is hidden, and has to be asked for anew.
  const seen = (): void => void ask();
  document.addEventListener("visibilitychange", seen);
  void ask();
  return {
    release() {
      wanted = false;
      document.removeEventListener("visibilitychange", seen);
      void lock?.release().catch(() => {});
    },
  };
}
