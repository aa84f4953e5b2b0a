/** The map's small pictures, drawn on a canvas when the style first asks for one. */
import type { MapLibreMap } from "maplibre-gl";
import { iconPath } from "../ui/icons";
import { ACCENT, HALO, INK, ROUTE, SOFT_INK } from "./theme";

const RATIO = 2;

function paint(size: number, draw: (pen: CanvasRenderingContext2D) => void): ImageData | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.scale(RATIO, RATIO);
  pen.lineCap = pen.lineJoin = "round";
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Points right: along the line it is placed on. */
function arrow(pen: CanvasRenderingContext2D): void {
  const shaft = new Path2D("M4 10H15M10.5 5.5L15.5 10L10.5 14.5");
  pen.strokeStyle = HALO;
  pen.lineWidth = 5;
  pen.stroke(shaft);
  pen.strokeStyle = INK;
  pen.lineWidth = 2.2;
  pen.stroke(shaft);
}

function chevron(pen: CanvasRenderingContext2D): void {
  pen.strokeStyle = HALO;
  pen.lineWidth = 2.4;
  pen.stroke(new Path2D("M8 5.5L12.5 10L8 14.5"));
}

const COLOURS: Record<string, string> = {
  viewpoint: ACCENT,
  shrine: ACCENT,
  sight: ACCENT,
  museum: ACCENT,
  toilets: ROUTE,
  drinking_water: ROUTE,
  station: INK,
  bus_stop: INK,
};

const landmark =
  (kind: string) =>
  (pen: CanvasRenderingContext2D): void => {
    pen.fillStyle = HALO;
    pen.strokeStyle = COLOURS[kind] ?? SOFT_INK;
    pen.lineWidth = 1.6;
    pen.beginPath();
    pen.arc(13, 13, 11.6, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    pen.translate(4, 4);
    pen.scale(0.75, 0.75);
    pen.lineWidth = 2.1;
    pen.stroke(new Path2D(iconPath(kind)));
  };

/** The seal of a conquered slope, as in the book. */
function stamp(pen: CanvasRenderingContext2D): void {
  pen.fillStyle = HALO;
  pen.strokeStyle = ACCENT;
  pen.lineWidth = 2.4;
  pen.beginPath();
  pen.arc(13, 13, 11, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
  pen.lineWidth = 3;
  pen.stroke(new Path2D("M8 13L11.8 16.8L18.4 9"));
}

function pictureOf(id: string): ImageData | null {
  if (id === "stamp") return paint(26, stamp);
  if (id === "arrow") return paint(20, arrow);
  if (id === "chevron") return paint(20, chevron);
  if (id.startsWith("landmark-")) return paint(26, landmark(id.slice("landmark-".length)));
  return null;
}

export function drawMissingImages(map: MapLibreMap): void {
  map.setMissingStyleImageResolver(async (id) => {
    const image = map.hasImage(id) ? null : pictureOf(id);
    if (image) map.addImage(id, image, { pixelRatio: RATIO });
  });
}
