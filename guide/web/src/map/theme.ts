/** The ink of what this page draws over the service's map. Grade colours are not here: they come from the service. */
export const PAPER = "#f5f1e8";
export const HALO = "#fffaf0";
export const ROUTE = "#24487a";
export const ACCENT = "#9c3a26";

/**
 * MapLibre draws text with the visitor's own fonts when a style has no `glyphs`. It takes the
 * weight from words in the first name, so a name that no font has asks for bold in the rest.
 */
const FAMILIES = ["Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "sans-serif"];
export const BOLD = ["hyakusaka Bold", ...FAMILIES];
