/** What one can take away of a walk: a link, its code, a file for other programs, a sheet to print. */
import type { Route, Tour } from "../api/types";
import { shareLink } from "../sheet/share";
import type { Store } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";
import { type IconName, icon } from "../ui/icons";
import type { Toasts } from "../ui/toast";
import { tourOf } from "./draft";
import { stopToText } from "./stops";

const PAPERS = ["a4", "a3"] as const;

const part = encodeURIComponent;

export function takeOut(store: Store, toasts: Toasts): HTMLElement {
  const element = h("section", { class: "take-out", "data-testid": "take-out" });
  const drawer = h("div", { class: "take-out-drawer", hidden: true });

  /** The same walk in a format, in a link anybody can open. */
  const routeAddress = (format: string): string => {
    const { area, stops, preset, steps, lang } = store.now;
    const query = new URLSearchParams({ preset, steps, lang, f: format });
    for (const stop of stops) query.append("stop", stopToText(stop));
    return `/api/${part(area.id)}/routes?${query}`;
  };
  const fileAddress = (tour: Tour | null, format: string): string => {
    const { area, lang } = store.now;
    return tour
      ? `/api/${part(area.id)}/tours/link/${part(tour.link)}?lang=${lang}&f=${format}`
      : routeAddress(format);
  };

  const share = async (tour: Tour | null): Promise<void> => {
    const t = wordsOf(store.now.lang);
    // The short address says all of the walk, rests included.
    const address = tour ? `${location.origin}${tour.link_path}` : location.href;
    const done = await shareLink(document.title, address);
    if (done === "copied") toasts.say(t("share.copied"));
    if (done === "failed") toasts.say(t("share.failed"));
  };

  const open = (which: string, ...content: HTMLElement[]): void => {
    const same = !drawer.hidden && drawer.dataset.which === which;
    drawer.hidden = same;
    drawer.dataset.which = which;
    drawer.replaceChildren(...content);
    if (!same) drawer.scrollIntoView({ block: "nearest" });
    for (const each of element.querySelectorAll("[data-opens]")) {
      const opened = !same && each.getAttribute("data-opens") === which;
      each.setAttribute("aria-expanded", String(opened));
    }
  };

  const code = (tour: Tour, t: Words): HTMLElement[] => {
    const image = h("img", {
      class: "qr",
      src: tour.qr_path,
      alt: t("take.qr_alt"),
      width: 220,
      height: 220,
      "data-testid": "qr",
    });
    const failed = h("p", { class: "hint", hidden: true }, t("problem.no-answer"));
    image.addEventListener("error", () => {
      image.hidden = true;
      failed.hidden = false;
    });
    return [image, failed, h("p", { class: "hint" }, t("take.qr_hint"))];
  };

  const papers = (tour: Tour, t: Words): HTMLElement[] => {
    const { area, lang } = store.now;
    const title = h("input", { type: "text", maxlength: 80, "data-testid": "leaflet-title" });
    const address = (paper: string): string => {
      const query = new URLSearchParams({ paper, lang });
      if (title.value.trim() !== "") query.set("title", title.value.trim());
      return `/api/${part(area.id)}/tours/link/${part(tour.link)}/leaflet?${query}`;
    };
    const links = PAPERS.map((paper) => {
      const link = h(
        "a",
        {
          class: "secondary",
          href: address(paper),
          target: "_blank",
          rel: "noopener",
          "data-testid": `leaflet-${paper}`,
        },
        t("take.paper", { paper: paper.toUpperCase() }),
      );
      title.addEventListener("input", () => {
        link.href = address(paper);
      });
      return link;
    });
    return [
      h("label", { class: "field" }, h("span", {}, t("take.title")), title),
      h("div", { class: "buttons" }, ...links),
      h("p", { class: "hint" }, t("take.print_hint")),
    ];
  };

  const entry = (
    name: IconName,
    word: string,
    attributes: Record<string, string>,
    act: () => void,
  ) => button({ class: "take-button", ...attributes }, act, icon(name, 22), h("span", {}, word));

  const draw = (route: Route): void => {
    const t = wordsOf(store.now.lang);
    const tour = tourOf(route);
    drawer.hidden = true;
    const file = h(
      "a",
      { class: "take-button", href: fileAddress(tour, "gpx"), download: "", "data-testid": "gpx" },
      icon("file", 22),
      h("span", {}, t("take.gpx")),
    );
    element.replaceChildren(
      h(
        "div",
        { class: "take-buttons" },
        entry("share", t("take.link"), { "data-testid": "share-walk" }, () => void share(tour)),
        tour
          ? entry(
              "code",
              t("take.qr"),
              { "data-testid": "open-qr", "data-opens": "qr", "aria-expanded": "false" },
              () => open("qr", ...code(tour, t)),
            )
          : null,
        file,
        tour
          ? entry(
              "print",
              t("take.print"),
              { "data-testid": "open-print", "data-opens": "print", "aria-expanded": "false" },
              () => open("print", ...papers(tour, t)),
            )
          : null,
      ),
      drawer,
    );
  };

  store.draw(["plan", "lang"], ({ plan }) => {
    element.hidden = plan.kind !== "done";
    if (plan.kind === "done") draw(plan.route);
  });
  return element;
}
