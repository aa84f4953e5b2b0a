/** The key to the colours and marks of the map, in the very same colours. */
import { bandLabel, colourOfBand, unknownColour } from "../bands";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { h, svg } from "./dom";
import { isPhone } from "./layout";

const sample = (...shapes: SVGElement[]): SVGSVGElement =>
  svg("svg", { viewBox: "0 0 28 14", width: 28, height: 14, "aria-hidden": "true" }, ...shapes);

const stroke = (colour: string, width: number, extra: Record<string, string> = {}): SVGElement =>
  svg("line", { x1: 2, x2: 26, y1: 7, y2: 7, stroke: colour, "stroke-width": width, ...extra });

export function legend(store: Store): HTMLDetailsElement {
  const title = h("summary", {});
  const body = h("div", { class: "legend-body" });
  const element = h("details", { class: "legend card", "data-testid": "legend" }, title, body);
  element.open = !isPhone() && window.innerHeight > 600;

  store.draw(["lang", "legend"], (state) => {
    const t = wordsOf(state.lang);
    const steep = colourOfBand(state.legend, state.legend.bands.at(-3)?.band);
    const row = (mark: Element, text: string): HTMLElement =>
      h("li", {}, mark, h("span", {}, text));
    const swatch = (colour: string): HTMLElement => {
      const box = h("i", { class: "swatch" });
      box.style.backgroundColor = colour;
      return box;
    };
    title.replaceChildren(
      h("span", {}, t("legend.title")),
      h(
        "span",
        { class: "ramp", "aria-hidden": "true" },
        ...state.legend.bands.map((band) => swatch(colourOfBand(state.legend, band.band))),
      ),
    );
    body.replaceChildren(
      h(
        "ul",
        { class: "bands" },
        ...state.legend.bands.map((band) =>
          row(swatch(colourOfBand(state.legend, band.band)), bandLabel(band, t)),
        ),
      ),
      h(
        "ul",
        { class: "marks" },
        row(swatch(unknownColour(state.legend)), t("legend.unknown")),
        row(
          sample(
            stroke("var(--map-edge)", 10, { "stroke-linecap": "round" }),
            stroke(steep, 6, { "stroke-linecap": "round" }),
          ),
          t("legend.slope"),
        ),
        row(
          sample(svg("path", { d: "M4 7H22M17 2.5L22.5 7L17 11.5", class: "arrow-sample" })),
          t("legend.uphill"),
        ),
        row(
          sample(
            stroke("var(--map-soft)", 11),
            stroke("var(--map-halo)", 8.6),
            stroke(steep, 8.6, { "stroke-dasharray": "3 2.4" }),
          ),
          t("legend.stairs"),
        ),
        row(
          sample(stroke(steep, 5, { "stroke-dasharray": "6 4", opacity: "0.5" })),
          t("legend.tunnel"),
        ),
      ),
    );
  });
  return element;
}
