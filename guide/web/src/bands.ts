/** Grade bands and their colours. The service's legend is the only source of both. */
import type { Legend, LegendBand } from "./api/types";
import type { Words } from "./text/i18n";

/** Shown only if the service sends something that is not a colour. */
const NEUTRAL = "#9a948a";

const safeColour = (text: string): string => (/^#[0-9a-f]{6}$/i.test(text) ? text : NEUTRAL);

export const unknownColour = (legend: Legend): string => safeColour(legend.unknown_colour);

export const colourOfBand = (legend: Legend, band: number | null | undefined): string => {
  const found = legend.bands.find((entry) => entry.band === band);
  return found ? safeColour(found.colour) : unknownColour(legend);
};

export function bandOf(legend: Legend, percent: number | null | undefined): number | null {
  if (percent === null || percent === undefined) return null;
  const steep = Math.abs(percent);
  const found = legend.bands.find(
    (entry) =>
      steep >= entry.from_percent && (entry.to_percent === null || steep < entry.to_percent),
  );
  return found?.band ?? null;
}

export const colourOfGrade = (legend: Legend, percent: number | null | undefined): string =>
  colourOfBand(legend, bandOf(legend, percent));

export function bandLabel(band: LegendBand, t: Words): string {
  const from = band.from_percent;
  if (band.to_percent === null) return t("legend.band_above", { from });
  if (from === 0) return t("legend.band_below", { to: band.to_percent });
  return t("legend.band", { from, to: band.to_percent });
}

/** Darker than the page's own ink: on a middling band only nearly black can be read. */
const BLACK = "#0f0c08";
const WHITE = "#ffffff";

/** Ink that can be read on a band's colour (WCAG relative luminance). */
export function inkOn(colour: string): typeof BLACK | typeof WHITE {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  // Where the contrast with black is that with white: sqrt(1.05 * 0.054) - 0.05.
  return luminance > 0.188 ? BLACK : WHITE;
}
