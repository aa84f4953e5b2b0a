/** The bar at the foot of a sheet, under the thumb: buttons, and what they open above it. */
import { h } from "../ui/dom";

export interface Entry {
  opener: HTMLButtonElement;
  /** Null for a button that acts at once. */
  drawer: HTMLElement | null;
}

/** At most one drawer is open; its button, Escape, or another button closes it. */
export function actionBar(entries: readonly Entry[]): HTMLElement {
  const show = (open: Entry | null): void => {
    for (const entry of entries) {
      if (!entry.drawer) continue;
      entry.drawer.hidden = entry !== open;
      entry.opener.setAttribute("aria-expanded", String(entry === open));
    }
  };
  for (const entry of entries) {
    if (!entry.drawer) continue;
    entry.opener.addEventListener("click", () => show(entry.drawer?.hidden ? entry : null));
  }
  const bar = h(
    "div",
    { class: "action-bar", "data-testid": "action-bar" },
    ...entries.map((entry) => entry.drawer),
    h("div", { class: "actions" }, ...entries.map((entry) => entry.opener)),
  );
  bar.addEventListener("keydown", (event) => {
    const open = entries.find((entry) => entry.drawer && !entry.drawer.hidden);
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    show(null);
    open.opener.focus();
  });
  return bar;
}
