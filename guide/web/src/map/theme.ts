/** The paper and ink of the map. Grade colours are not here: they come from the service. */
export const PAPER = "#f4eee1";
export const INK = "#2a2620";
export const SOFT_INK = "#5d5448";
export const STREET_EDGE = "#cdbfa6";
export const HALO = "#fffaf0";
export const WATER = "#c9dbe0";
export const GREEN = "#dde3c6";
export const WOOD = "#d3ddbd";
export const BUILDING = "#e6dccb";
export const RAILWAY = "#a89f90";
export const WATER_INK = "#4b6c78";
export const ROUTE = "#24487a";
export const ACCENT = "#9c3a26";

/**
 * MapLibre draws text with the visitor's own fonts when a style has no `glyphs`. It takes the
 * weight from words in the first name, so a name that no font has asks for bold in the rest.
 */
const FAMILIES = ["Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "sans-serif"];
export const REGULAR = ["hyakusaka Medium", ...FAMILIES];
export const BOLD = ["hyakusaka Bold", ...FAMILIES];
