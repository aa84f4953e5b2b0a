/** The staff's desk: the server renders the pages, HTMX swaps parts of them, and maps are drawn on. */
import "htmx.org/dist/htmx.esm.js";
import "./styles/forms.css";
import "./styles/desk.css";
import "./styles/entries.css";
import "./styles/draw.css";
import "./styles/files.css";
import { dropField } from "./drop";
import "./styles/photo.css";
import { finder } from "./finder";
import { forget, keep } from "./keep";
import { photoField } from "./photo";
import { smallHelps } from "./small";

const all = (selector: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(selector),
];

/** A map that cannot be drawn leaves its fields, which can be typed into. */
const orHide = (element: HTMLElement) => (): void => {
  element.dataset.failed = "yes";
};

smallHelps();
forget();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) keep(form);
for (const element of all(".field [data-find][data-only]")) finder(element);
for (const element of all("[data-photo]")) photoField(element);
for (const element of all("[data-draw]")) {
  import("./draw/field").then(({ drawField }) => drawField(element)).catch(orHide(element));
}
for (const element of all("[data-compare]")) {
  import("./compare").then(({ compare }) => compare(element)).catch(orHide(element));
}
for (const element of all("[data-drop]")) dropField(element);
for (const element of all("[data-rows-map]")) {
  import("./rows-map").then(({ rowsMap }) => rowsMap(element)).catch(orHide(element));
}
for (const element of all("[data-stops]")) {
  import("./stops").then(({ stopsField }) => stopsField(element)).catch(orHide(element));
}
document.documentElement.dataset.ready = "true";
