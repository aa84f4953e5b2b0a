/** Names to choose from while one types: slopes and landmarks of the area. */
import { h } from "../ui/dom";
import { ask, latest } from "./server";

export interface Thing {
  id: string;
  name: string;
  reading: string | null;
  kind: "slope" | "landmark";
  lng_lat: [number, number] | null;
}

const WAIT_MS = 120;

/** Suggests below an input; `choose` is told what was taken. By default its id goes into the input. */
export function finder(root: HTMLElement, choose?: (thing: Thing) => void): void {
  const input = root.querySelector<HTMLInputElement>("input");
  const list = root.querySelector<HTMLUListElement>(".found");
  const area = root.dataset.find ?? "";
  const only = root.dataset.only ?? "";
  if (!input || !list) return;
  const signal = latest();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let things: Thing[] = [];
  let at = -1;

  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    at = -1;
  };
  const take = (thing: Thing): void => {
    close();
    if (choose) {
      input.value = "";
      choose(thing);
      input.focus();
    } else {
      input.value = thing.id;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  const show = (): void => {
    list.replaceChildren(
      ...things.map((thing, index) => {
        const item = h(
          "li",
          { role: "option", "aria-selected": String(index === at) },
          h("strong", {}, thing.name),
          thing.reading ? h("span", { class: "reading" }, thing.reading) : null,
          h("span", { class: "key" }, thing.id),
        );
        // Before the input loses its focus.
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(thing);
        });
        return item;
      }),
    );
    list.hidden = things.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const look = async (): Promise<void> => {
    const words = input.value.trim();
    if (words === "") {
      close();
      return;
    }
    const query = new URLSearchParams({ q: words, only });
    try {
      things = await ask<Thing[]>(`/desk/${area}/find?${query}`, signal());
      at = -1;
      show();
    } catch {
      // A newer question has been asked, or the desk does not answer: nothing is suggested.
    }
  };

  list.id ||= `${input.id || "finder"}-found`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() || input.placeholder);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const thing = things[at] ?? (choose ? things[0] : undefined);
      if (!list.hidden && thing) {
        event.preventDefault();
        take(thing);
      } else if (choose) event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      at = Math.max(-1, Math.min(things.length - 1, at + step));
      show();
    } else if (event.key === "Escape") close();
  });
}
