/** The stops of a walk, and their one-word form shared with the service's GET routes. */
import type { Direction, LngLat, Preset, StepsChoice, WireStop } from "../api/types";

export type Stop = WireStop;

export const PRESETS: readonly Preset[] = ["tourist", "fit", "family"];
export const STEPS: readonly StepsChoice[] = ["allow", "avoid", "never"];
const DIRECTIONS: readonly string[] = ["up", "down", "any"];

/** Five decimals are about a metre: all that a finger on a map can mean. */
const round5 = (value: number): number => Math.round(value * 1e5) / 1e5;

export const pointStop = (lng: number, lat: number): Stop => ({
  lng_lat: [round5(lng), round5(lat)],
});

export function stopToText(stop: Stop): string {
  if ("lng_lat" in stop) return stop.lng_lat.join(",");
  if ("landmark" in stop) return `landmark:${stop.landmark}`;
  return `slope:${stop.slope}:${stop.direction}`;
}

/** Null for anything that is not a stop: a shared address may have been cut or mistyped. */
export function stopFromText(text: string): Stop | null {
  if (text.startsWith("landmark:")) {
    const id = text.slice("landmark:".length);
    return id === "" ? null : { landmark: id };
  }
  if (text.startsWith("slope:")) {
    const rest = text.slice("slope:".length);
    // An id may itself hold a colon (osm:way:1), so the direction is what follows the last one.
    const cut = rest.lastIndexOf(":");
    const tail = rest.slice(cut + 1);
    const known = cut > 0 && DIRECTIONS.includes(tail);
    const slope = known ? rest.slice(0, cut) : rest;
    return slope === "" ? null : { slope, direction: known ? (tail as Direction) : "any" };
  }
  const parts = text.split(",").map((piece) => (piece.trim() === "" ? Number.NaN : Number(piece)));
  const [lng, lat] = parts;
  if (parts.length !== 2 || lng === undefined || lat === undefined) return null;
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return null;
  return { lng_lat: [lng, lat] as LngLat };
}

/** The same stops with the one at `index` moved by `by` places; out of range changes nothing. */
export function moveStop(stops: readonly Stop[], index: number, by: number): Stop[] {
  const next = [...stops];
  const target = index + by;
  if (target < 0 || target >= next.length) return next;
  const [moved] = next.splice(index, 1);
  if (moved) next.splice(target, 0, moved);
  return next;
}

export const removeStop = (stops: readonly Stop[], index: number): Stop[] =>
  stops.filter((_, at) => at !== index);

/** Enough for a walk: two stops, or one slope, which has two ends of its own. */
export const makesWalk = (stops: readonly Stop[]): boolean =>
  stops.length > 1 || stops.some((stop) => "slope" in stop);
