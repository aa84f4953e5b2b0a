/** The page's own small pictures on the map, drawn on a canvas when first asked for. */
import type { MapLibreMap } from "maplibre-gl";
import { DAY } from "./theme";

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

const chevron =
  (colour: string) =>
  (pen: CanvasRenderingContext2D): void => {
    pen.strokeStyle = colour;
    pen.lineWidth = 2.4;
    pen.stroke(new Path2D("M8 5.5L12.5 10L8 14.5"));
  };

/** The seal of a conquered slope, as in the book. */
function stamp(pen: CanvasRenderingContext2D): void {
  pen.fillStyle = DAY.halo;
  pen.strokeStyle = DAY.accent;
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
  const [name, colour] = id.split(" ");
  if (name === "chevron" && colour) return paint(20, chevron(colour));
  return null;
}

export function drawMissingImages(map: MapLibreMap): void {
  map.setMissingStyleImageResolver(async (id) => {
    const image = map.hasImage(id) ? null : pictureOf(id);
    if (image) map.addImage(id, image, { pixelRatio: RATIO });
  });
}
