/** The card to share: how many, where, and which, drawn on a canvas and never sent anywhere. */
import type { SlopeFeature } from "../api/types";
import { colourOfGrade } from "../bands";
import { gradeOf } from "../explore/grade";
import { type Bounds, boundsOf } from "../geo";
import type { State } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { areaName, nameOf } from "../text/names";
import { height } from "../text/numbers";
import { climbedM, conquestOf } from "./book";

const SIZE = { wide: 1080, high: 1350 };
const PAPER = "#f4eee1";
const CARD = "#fffcf5";
const INK = "#2a2620";
const SOFT = "#5d5448";
const FAINT = "#cdbfa6";
const ACCENT = "#9c3a26";
const FAMILY =
  '"Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", system-ui, sans-serif';
const MAP = { left: 90, top: 330, wide: 900, high: 620 };
const MOST_NAMES = 8;

type Known = Pick<State, "lang" | "area" | "slopes" | "book" | "legend">;

export async function drawCard(known: Known): Promise<File> {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE.wide;
  canvas.height = SIZE.high;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser draws no canvas");
  paint(pen, known, wordsOf(known.lang));
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the picture came out empty");
  return new File([blob], `hyakusaka-${known.area.id}.png`, { type: "image/png" });
}

function paint(pen: CanvasRenderingContext2D, known: Known, t: Words): void {
  const { lang, area, slopes, book, legend } = known;
  const done = slopes.filter((each) => conquestOf(book, area.id, each.properties.id));
  const here = book.filter((each) => each.area === area.id);
  const write = (text: string, x: number, y: number, font: string, colour = INK): void => {
    pen.font = `${font} ${FAMILY}`;
    pen.fillStyle = colour;
    pen.fillText(text, x, y, SIZE.wide - 2 * MAP.left);
  };

  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, SIZE.wide, SIZE.high);
  pen.fillStyle = CARD;
  pen.beginPath();
  pen.roundRect(40, 40, SIZE.wide - 80, SIZE.high - 80, 44);
  pen.fill();

  write(areaName(area, lang, t), MAP.left, 140, "600 44px", SOFT);
  write(String(here.length), MAP.left, 276, "800 132px", ACCENT);
  const wide = pen.measureText(String(here.length)).width;
  const all = Math.max(slopes.length, here.length);
  write(t("card.of", { all }), MAP.left + wide + 24, 276, "600 52px");

  drawLines(pen, slopes, done, (slope) => colourOfGrade(legend, gradeOf(slope)));

  const names = done.map((each) => nameOf(each.properties, lang) ?? each.properties.id);
  const shown = names.slice(0, MOST_NAMES).join(lang === "ja" ? "・" : ", ");
  const more =
    names.length > MOST_NAMES ? t("card.more", { count: names.length - MOST_NAMES }) : "";
  wrap(pen, `${shown} ${more}`.trim(), 3).forEach((line, i) => {
    write(line, MAP.left, 1030 + i * 52, "500 36px");
  });
  write(
    t("hundred.climbed", { rise: height(climbedM(here), lang, t) }),
    MAP.left,
    1210,
    "600 36px",
    SOFT,
  );
  write(t("app.title"), MAP.left, 1266, "600 30px", ACCENT);
}

/** Breaks a text that has no blanks in Japanese and many in English. */
function wrap(pen: CanvasRenderingContext2D, text: string, most: number): string[] {
  pen.font = `500 36px ${FAMILY}`;
  const pieces = text.match(/[^\s・,]+[\s・,]*|\s+/g) ?? [];
  const lines = [""];
  for (const piece of pieces) {
    const longer = (lines.at(-1) ?? "") + piece;
    if (lines.at(-1) !== "" && pen.measureText(longer).width > MAP.wide) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines.slice(0, most).map((line) => line.trimEnd());
}

function drawLines(
  pen: CanvasRenderingContext2D,
  slopes: readonly SlopeFeature[],
  done: readonly SlopeFeature[],
  colour: (slope: SlopeFeature) => string,
): void {
  const bounds = boundsOf(slopes.flatMap(pointsOf));
  if (!bounds) return;
  const place = placer(bounds);
  pen.lineCap = pen.lineJoin = "round";
  const stroke = (slope: SlopeFeature, style: string, width: number): void => {
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.beginPath();
    for (const point of pointsOf(slope)) pen.lineTo(...place(point));
    // A slope without a line is a dot.
    if (slope.geometry?.type === "Point") pen.lineTo(...place(slope.geometry.coordinates));
    pen.stroke();
  };
  for (const slope of slopes) stroke(slope, FAINT, 5);
  for (const slope of done) stroke(slope, INK, 17);
  for (const slope of done) stroke(slope, colour(slope), 11);
}

const pointsOf = ({ geometry }: SlopeFeature): number[][] =>
  geometry === null
    ? []
    : geometry.type === "Point"
      ? [geometry.coordinates]
      : geometry.coordinates;

/** From degrees to pixels of the card's map, north up, nothing stretched. */
function placer([west, south, east, north]: Bounds): (
  point: readonly number[],
) => [number, number] {
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [wide, high] = [Math.max((east - west) * narrow, 1e-6), Math.max(north - south, 1e-6)];
  const scale = Math.min(MAP.wide / wide, MAP.high / high);
  const left = MAP.left + (MAP.wide - wide * scale) / 2;
  const top = MAP.top + (MAP.high - high * scale) / 2;
  return ([lon = 0, lat = 0]) => [
    left + (lon - west) * narrow * scale,
    top + (north - lat) * scale,
  ];
}
