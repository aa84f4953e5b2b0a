/** On a phone the panel is a sheet with three sizes; on a desk it is simply a panel. */
import { h } from "./dom";

export type SheetSize = "peek" | "half" | "full";
const SIZES: readonly SheetSize[] = ["peek", "half", "full"];

export interface BottomSheet {
  handle: HTMLButtonElement;
  resize(size: SheetSize): void;
  label(text: string): void;
  readonly size: SheetSize;
}

/** Above the tabs, in pixels; a full sheet still leaves the head to be seen. */
const heightOf = (size: SheetSize): number => {
  const root = getComputedStyle(document.documentElement);
  const tabs = Number.parseFloat(root.getPropertyValue("--tabs-height")) || 0;
  const room = window.innerHeight - tabs;
  if (size === "peek") return 76;
  return Math.round(size === "half" ? room * 0.5 : room - 76);
};

export function bottomSheet(panel: HTMLElement): BottomSheet {
  let size: SheetSize = "half";
  const handle = h("button", { type: "button", class: "sheet-handle" }, h("span", {}));
  const root = document.documentElement;

  const apply = (height: number): void => root.style.setProperty("--sheet-height", `${height}px`);
  const resize = (wanted: SheetSize): void => {
    size = wanted;
    root.dataset.sheet = wanted;
    handle.setAttribute("aria-expanded", String(wanted !== "peek"));
    apply(heightOf(wanted));
  };

  let from: { y: number; height: number; moved: boolean } | null = null;
  handle.addEventListener("pointerdown", (event) => {
    from = { y: event.clientY, height: heightOf(size), moved: false };
    handle.setPointerCapture(event.pointerId);
    panel.dataset.dragging = "";
  });
  handle.addEventListener("pointermove", (event) => {
    if (!from) return;
    const up = from.y - event.clientY;
    if (Math.abs(up) > 6) from.moved = true;
    if (from.moved) apply(Math.min(heightOf("full"), Math.max(heightOf("peek"), from.height + up)));
  });
  const release = (event: PointerEvent): void => {
    delete panel.dataset.dragging;
    if (from?.moved) {
      const height = from.height + from.y - event.clientY;
      const near = (wanted: SheetSize) => Math.abs(heightOf(wanted) - height);
      resize(SIZES.reduce((best, next) => (near(next) < near(best) ? next : best)));
      // The click that follows a drag must not change the size again.
      handle.addEventListener("click", (click) => click.stopImmediatePropagation(), {
        capture: true,
        once: true,
      });
    }
    from = null;
  };
  handle.addEventListener("pointerup", release);
  handle.addEventListener("pointercancel", release);
  handle.addEventListener("click", () => resize(size === "half" ? "full" : "half"));
  window.addEventListener("resize", () => resize(size));
  resize("half");

  return {
    handle,
    resize,
    label: (text) => handle.setAttribute("aria-label", text),
    get size() {
      return size;
    },
  };
}
