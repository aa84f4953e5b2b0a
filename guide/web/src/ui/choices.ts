/** Choices as rows of chips: native inputs underneath, so that every way of input works. */
import { h } from "./dom";

export interface Choice<T> {
  value: T;
  /** What stands on the chip. */
  word: string | Node;
  /** What is said of it where the chip holds only a picture. */
  label?: string;
}

interface Group<T> {
  /** Unique on the page. */
  name: string;
  legend: string;
  choices: readonly Choice<T>[];
}

const fieldset = (legend: string, name: string, kind: string, chips: HTMLElement[]): HTMLElement =>
  h(
    "fieldset",
    { class: "choice", "data-testid": `choice-${name}` },
    h("legend", {}, legend),
    h("div", { class: kind }, ...chips),
  );

function chip<T>(type: "radio" | "checkbox", name: string, choice: Choice<T>, checked: boolean) {
  const input = h("input", {
    type,
    name,
    value: String(choice.value),
    checked,
    "aria-label": choice.label ?? null,
  });
  return { input, element: h("label", { class: "pick" }, input, h("span", {}, choice.word)) };
}

/** Any number of the choices. */
export function manyOf<T>(
  group: Group<T>,
  chosen: readonly T[],
  toggle: (value: T) => void,
): HTMLElement {
  const chips = group.choices.map((choice) => {
    const { input, element } = chip("checkbox", group.name, choice, chosen.includes(choice.value));
    input.addEventListener("change", () => toggle(choice.value));
    return element;
  });
  return fieldset(group.legend, group.name, "chips", chips);
}

/** Exactly one of the choices, as chips or joined to one bar. */
export function oneOf<T>(
  group: Group<T>,
  chosen: T,
  choose: (value: T) => void,
  shape: "chips" | "segments" = "chips",
): HTMLElement {
  const chips = group.choices.map((choice) => {
    const { input, element } = chip("radio", group.name, choice, choice.value === chosen);
    input.addEventListener("change", () => choose(choice.value));
    return element;
  });
  return fieldset(group.legend, group.name, shape, chips);
}
