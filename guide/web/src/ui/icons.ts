/** Our own small drawings, as paths on a 24-unit square. */
import { svg } from "./dom";

/** Stroked paths. */
const STROKES = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.5 15.5L20.5 20.5",
  back: "M14.5 5L8 12L14.5 19",
  close: "M6 6L18 18M18 6L6 18",
  up: "M12 19V5M6 11L12 5L18 11",
  down: "M12 5V19M6 13L12 19L18 13",
  either: "M7 4V20M3.5 8L7 4L10.5 8M17 20V4M13.5 16L17 20L20.5 16",
  pin: "M12 21C8 15.5 6 12.5 6 9.8A6 6 0 0 1 18 9.8C18 12.5 16 15.5 12 21ZM12 7.6a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 1 1 0-4.4",
  share:
    "M9 12.5L15 8.8M9 13.5L15 17.2M18 4.6a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2M6 10.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2M18 16.2a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2",
  warning: "M12 4L21 19.5H3ZM12 10V14.5M12 17V17.2",
  stairs: "M3 20H7.5V15.5H12V11H16.5V6.5H21",
  walk: "M13 4.2a1.6 1.6 0 1 1 0.01 0M12.5 8L10 13L13.5 16V21M10.5 15.5L7.5 20.5M8 11.5L12.5 8L15.5 11.5H18.5",
  filter: "M4 7H20M7 12H17M10 17H14",
  locate:
    "M12 6.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M12 2V6.5M12 17.5V22M2 12H6.5M17.5 12H22M12 11.4V12.6",
  done: "M12 3.2a8.8 8.8 0 1 1 0 17.6a8.8 8.8 0 1 1 0-17.6M7.8 12.4L10.8 15.3L16.4 9.2",
  hand: "M7 11V6.5a1.5 1.5 0 0 1 3 0V11M10 10.5V4.8a1.5 1.5 0 0 1 3 0V10.5M13 10.5V6a1.5 1.5 0 0 1 3 0V11.5M16 11.5V8.6a1.4 1.4 0 0 1 2.8 0V14.5C18.8 18.5 16.4 21 12.8 21C9.6 21 8 19.4 6.4 16.6L4.6 13.2C4 12 5.4 11 6.4 12L7 12.7",
  book: "M5 4.5H17.5A1.5 1.5 0 0 1 19 6V20H6.8A1.8 1.8 0 0 1 5 18.2ZM5 18.2A1.8 1.8 0 0 1 6.8 16.4H19M9 8.5H15",
  town: "M3.5 20V11L9 6.5L14.5 11V20M3.5 20H20.5M14.5 20V8.5L20.5 5V20M7.8 20V15.5H10.2V20",
  slope: "M3 20H21V7Z",
  street: "M9 3L5.5 21M15 3L18.5 21M12 4V7M12 10.5V13.5M12 17V20",
  loop: "M19 12a7 7 0 1 1-2.2-5.1M17.5 2.8V7H13.3",
  forward: "M9.5 5L16 12L9.5 19",
  "chevron-up": "M6 14.5L12 8.5L18 14.5",
  "chevron-down": "M6 9.5L12 15.5L18 9.5",
  file: "M6.5 3H14L18 7V21H6.5ZM14 3V7H18M12.2 10.5V17M9.4 14.4L12.2 17.2L15 14.4",
  code: "M4 4H10V10H4ZM14 4H20V10H14ZM4 14H10V20H4ZM14 14H16.5V16.5H14ZM20 14V16.5M14 20H16.5M19 19H20V20",
  print: "M7 9V3.5H17V9M7 17H4.5V9H19.5V17H17M7 14H17V20.5H7Z",
  voice: "M4 9.5H8L13 5V19L8 14.5H4ZM16 8.5A5 5 0 0 1 16 15.5M18.5 5.5A9.5 9.5 0 0 1 18.5 18.5",
  mute: "M4 9.5H8L13 5V19L8 14.5H4ZM16.5 9.5L21 14.5M21 9.5L16.5 14.5",
  plus: "M12 5V19M5 12H19",
  take: "M12 4V14M7.5 10L12 14.5L16.5 10M4.5 16V19.5H19.5V16",
  offline:
    "M4 4L20 20M8.5 8.9A9 9 0 0 0 5 11M12 8A10 10 0 0 1 19 11M9 13.8A5.5 5.5 0 0 0 8 14.6M14 13.6A5.5 5.5 0 0 1 16 14.6M12 18.5V18.6",
  undo: "M8.5 5L4 9.5L8.5 14M4 9.5H14.5A5.5 5.5 0 0 1 14.5 20.5H10",
  // Landmarks
  viewpoint: "M3 19L9.5 8L14 15M12 12L15 8.5L21 19Z",
  toilets:
    "M8 4.4a1.7 1.7 0 1 1 0 0.01M16 4.4a1.7 1.7 0 1 1 0 0.01M8 8L5 15H11ZM8 15V20M14 8.5H18V14H14ZM16 14V20",
  drinking_water: "M12 4C8.5 9 7 11.5 7 14.5A5 5 0 0 0 17 14.5C17 11.5 15.5 9 12 4Z",
  bench: "M4 9H20M4 13H20M6 13V19M18 13V19",
  shelter: "M3 12L12 5L21 12M6 11V19M18 11V19",
  station: "M7 5H17V16H7ZM7 11H17M9 16L6.5 20M15 16L17.5 20",
  bus_stop: "M6 5H18V17H6ZM6 12H18M8.5 17V19.5M15.5 17V19.5",
  museum: "M4 10L12 5L20 10ZM6.5 10V17M12 10V17M17.5 10V17M4 19H20",
  shrine: "M3.5 6C9 7.5 15 7.5 20.5 6M5 10.5H19M8 7V20M16 7V20",
  elevator: "M6 4H18V20H6ZM9.5 10L12 7L14.5 10M9.5 14L12 17L14.5 14",
  food: "M8 4V9A2 2 0 0 1 4.5 9V4M6.25 11V20M17 20V4C14.5 6 14 9 14 13H17",
  information: "M12 10.5V18M10 10.5H12M10 18H14M12 6.2V6.4",
  sight: "M12 4L14.4 9.3L20 9.9L15.8 13.7L17 19.4L12 16.5L7 19.4L8.2 13.7L4 9.9L9.6 9.3Z",
} as const;

export type IconName = keyof typeof STROKES;

const iconPath = (name: string): string =>
  name in STROKES ? STROKES[name as IconName] : STROKES.sight;

const drawn = (path: string, size: number): SVGSVGElement =>
  svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" },
    svg("path", { d: path }),
  );

export const icon = (name: IconName, size = 20): SVGSVGElement => drawn(STROKES[name], size);

/** The picture of a kind of landmark, whatever the kind. */
export const kindIcon = (kind: string, size = 20): SVGSVGElement => drawn(iconPath(kind), size);

/** One bread roll; a filled one is effort to be earned back. */
const roll = (baked: boolean): SVGSVGElement =>
  svg(
    "svg",
    {
      class: baked ? "roll baked" : "roll",
      viewBox: "0 0 26 18",
      width: 24,
      height: 17,
      "aria-hidden": "true",
    },
    svg("path", {
      class: "crust",
      d: "M2 12.2C2 6.2 7 2 13 2S24 6.2 24 12.2C24 15 22.2 16 19.6 16H6.4C3.8 16 2 15 2 12.2Z",
    }),
    svg("path", { class: "cut", d: "M8.2 5.4L10 9M12.9 4.4L14.2 8.4M17.6 5.4L18.6 9" }),
  );

export const rolls = (effort: number): SVGSVGElement[] =>
  [1, 2, 3, 4, 5].map((n) => roll(n <= effort));

/** The brand: a slope with its hand-rail in the sun. */
export const brandMark = (): SVGSVGElement =>
  svg(
    "svg",
    { class: "brand-mark", viewBox: "0 0 32 32", width: 30, height: 30, "aria-hidden": "true" },
    svg("rect", { width: 32, height: 32, rx: 8 }),
    svg("path", { class: "hill", d: "M5 25.5H27V9Z" }),
    svg("path", { class: "rail", d: "M5 21L23 7.6" }),
  );
