/** A short word about what just happened, with at most one way to take it back. */
import { button, h } from "./dom";

const SHOWN_MS = 6000;

export interface Toasts {
  element: HTMLElement;
  say(text: string, undo?: { word: string; act(): void }): void;
}

export function toasts(): Toasts {
  const element = h("div", { class: "toasts", role: "status", "data-testid": "toast" });
  let timer = 0;
  const clear = (): void => element.replaceChildren();
  // Whoever is about to press the button must not see it vanish.
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("pointerleave", () => {
    timer = window.setTimeout(clear, SHOWN_MS / 2);
  });
  return {
    element,
    say(text, undo) {
      clearTimeout(timer);
      const act = (): void => {
        undo?.act();
        clear();
      };
      element.replaceChildren(
        h(
          "div",
          { class: "toast" },
          h("span", {}, text),
          undo ? button({ class: "quiet" }, act, undo.word) : null,
        ),
      );
      timer = window.setTimeout(clear, undo ? SHOWN_MS * 1.5 : SHOWN_MS);
    },
  };
}
