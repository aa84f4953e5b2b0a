/** The stops of a walk, and their one-word form shared with the service's GET routes. */
import type { Direction, Halt, LngLat, Preset, StepsChoice, WireStop } from "../api/types";

/** A stop may be a rest as well: how long, and between which times of day. */
export type Stop = Halt;

export const PRESETS: readonly Preset[] = ["tourist", "fit", "family", "stroller", "wheelchair"];
export const STEPS: readonly StepsChoice[] = ["allow", "avoid", "never"];
/** What stairs are to each walker until they say otherwise, as the service has it. */
export const STEPS_OF: Record<Preset, StepsChoice> = {
  tourist: "allow",
  fit: "allow",
  family: "allow",
  stroller: "avoid",
  wheelchair: "never",
};
const DIRECTIONS: readonly Direction[] = ["up", "down", "any"];

/** The service takes no more. */
export const MOST_STOPS = 60;

/** Five decimals are about a metre: all that a finger on a map can mean. */
const round5 = (value: number): number => Math.round(value * 1e5) / 1e5;

export const pointStop = (lng: number, lat: number): WireStop => ({
  lng_lat: [round5(lng), round5(lat)],
});

export function stopToText(stop: WireStop): string {
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
    const direction = cut > 0 ? DIRECTIONS.find((each) => each === tail) : undefined;
    const slope = direction ? rest.slice(0, cut) : rest;
    return slope === "" ? null : { slope, direction: direction ?? "any" };
  }
  const parts = text.split(",").map((piece) => (piece.trim() === "" ? Number.NaN : Number(piece)));
  const [lng, lat] = parts;
  if (parts.length !== 2 || lng === undefined || lat === undefined) return null;
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return null;
  return { lng_lat: [lng, lat] as LngLat };
}

/** The halts of a reply as stops: what the service leaves empty is left out. */
export function stopFromHalt(halt: Halt): Stop {
  const given = halt as Partial<Record<"lng_lat" | "landmark" | "slope" | "direction", unknown>>;
  const stop: WireStop = given.slope
    ? { slope: given.slope as string, direction: (given.direction as Direction) ?? "any" }
    : given.landmark
      ? { landmark: given.landmark as string }
      : { lng_lat: given.lng_lat as LngLat };
  return {
    ...stop,
    ...(halt.stay_min ? { stay_min: halt.stay_min } : {}),
    ...(halt.between ? { between: halt.between } : {}),
  };
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

/** Up, then down, then whichever way suits; other stops have no way. */
export const turnStop = (stops: readonly Stop[], index: number): Stop[] =>
  stops.map((stop, at) => {
    if (at !== index || !("slope" in stop)) return stop;
    const next = (DIRECTIONS.indexOf(stop.direction) + 1) % DIRECTIONS.length;
    return { ...stop, direction: DIRECTIONS[next] ?? "any" };
  });

/** The walk the other way round: slopes that were climbed are descended. */
export const reversed = (stops: readonly Stop[]): Stop[] =>
  [...stops].reverse().map((stop) => {
    if (!("slope" in stop) || stop.direction === "any") return stop;
    return { ...stop, direction: stop.direction === "up" ? "down" : "up" };
  });

/** Enough for a walk: two stops, or one slope, which has two ends of its own. */
export const makesWalk = (stops: readonly Stop[]): boolean =>
  stops.length > 1 || stops.some((stop) => "slope" in stop);
