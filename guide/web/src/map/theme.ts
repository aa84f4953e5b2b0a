/** The ink of what this page draws over the service's map. Grade colours are not here: they come from the service. */
export interface Inks {
  paper: string;
  halo: string;
  route: string;
  accent: string;
}

export const DAY: Inks = {
  paper: "#f5f1e8",
  halo: "#fffaf0",
  route: "#24487a",
  accent: "#9c3a26",
};

export const EVENING: Inks = {
  paper: "#1e2530",
  halo: "#12171f",
  route: "#9cc0f5",
  accent: "#ffb457",
};

export const inksOf = (evening: boolean): Inks => (evening ? EVENING : DAY);

/**
 * MapLibre draws text with the visitor's own fonts when a style has no `glyphs`. It takes the
 * weight from words in the first name, so a name that no font has asks for bold in the rest.
 */
const FAMILIES = ["Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "sans-serif"];
export const BOLD = ["hyakusaka Bold", ...FAMILIES];
