/** Day or evening, on page and map: as the device has it, or as the visitor chose. */
import type { Legend } from "./api/types";
import type { Store } from "./store";

export const LOOKS = ["auto", "day", "evening"] as const;
export type Look = (typeof LOOKS)[number];

const STORED = "hyakusaka.look";
const darkness = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

export function storedLook(): Look {
  try {
    return LOOKS.find((look) => look === localStorage.getItem(STORED)) ?? "auto";
  } catch {
    return "auto";
  }
}

export const isEvening = (look: Look): boolean =>
  look === "evening" || (look === "auto" && darkness().matches);

/** The stylesheet, and the bars around the page, take their colours from this. */
export function dress(evening: boolean): void {
  document.documentElement.dataset.look = evening ? "evening" : "day";
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  if (paper) document.querySelector('meta[name="theme-color"]')?.setAttribute("content", paper);
}

/** The same bands in the colours of a look: whoever draws with them need not know of looks. */
export const legendIn = (legend: Legend, evening: boolean): Legend =>
  evening
    ? {
        ...legend,
        unknown_colour: legend.unknown_evening_colour,
        bands: legend.bands.map((band) => ({ ...band, colour: band.evening_colour })),
      }
    : legend;

/** Follows the device and the choice, and remembers the choice. */
export function keepLook(store: Store, legend: Legend): void {
  const apply = (): void => {
    const evening = isEvening(store.now.look);
    if (evening === store.now.evening) return;
    dress(evening);
    store.set({ evening, legend: legendIn(legend, evening) });
  };
  store.watch(["look"], ({ look }) => {
    try {
      localStorage.setItem(STORED, look);
    } catch {
      // A private window: the choice lasts as long as the page.
    }
    apply();
  });
  darkness().addEventListener("change", apply);
}
