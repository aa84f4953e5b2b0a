/** Keeps the book on this device, and nowhere else. */
import type { Store } from "../store";
import type { Book } from "./book";
import { bookFromText, bookToText } from "./file";

const STORED = "hyakusaka.book";

export function storedBook(): Book {
  try {
    const text = localStorage.getItem(STORED);
    if (text === null) return [];
    const read = bookFromText(text);
    if (read.kind === "read") return read.book;
    // Written by a newer page, or spoilt: what is not understood is put aside, never overwritten.
    localStorage.setItem(`${STORED}.unread`, text);
    return [];
  } catch {
    return [];
  }
}

/** Writes each change, and takes up what another window of this page has written. */
export function keepBook(store: Store): void {
  store.watch(["book"], ({ book }) => {
    let kept = true;
    try {
      localStorage.setItem(STORED, bookToText(book));
    } catch {
      // A private window, or a full disc: the page says so, and the file still can be saved.
      kept = false;
    }
    store.set({ bookKept: kept });
    // Browsers may clear what a page keeps, unless it asks them not to.
    if (kept && book.length > 0) void navigator.storage?.persist?.().catch(() => false);
  });
  window.addEventListener("storage", (event) => {
    if (event.key === STORED) store.set({ book: storedBook() });
  });
}
