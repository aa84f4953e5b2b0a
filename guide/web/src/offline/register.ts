/** Starts the service worker once the page itself has all it needs. */
import { SHELL } from "./names";

/** Resolves when the page would open without a connection; never where that is not possible. */
export async function registerWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const names = await caches.keys();
    if (names.some((name) => name.startsWith(SHELL))) {
      document.documentElement.dataset.offline = "ready";
    }
  } catch (error) {
    // A private window, or a page that is not encrypted: all works but for the missing net.
    console.info("The page will need a connection:", error);
  }
}
