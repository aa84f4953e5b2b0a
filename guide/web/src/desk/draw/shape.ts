/** What is being drawn: a point, or a line from foot to head, and what it was before each change. */
import type { LngLat } from "../../api/types";

export interface Shape {
  point: LngLat | null;
  line: LngLat[];
}

const DIGITS = 7; // about a centimetre, as the catalogue keeps positions

const number = (value: number): string => String(Number(value.toFixed(DIGITS)));

export const lineText = (line: readonly LngLat[]): string =>
  line.length < 2 ? "" : line.map(([lng, lat]) => `${number(lng)} ${number(lat)}`).join(", ");

export const placeText = (point: LngLat | null): [string, string] =>
  point === null ? ["", ""] : [number(point[0]), number(point[1])];

export function readLine(text: string): LngLat[] {
  const inside = text.replace(/^[^(]*\(|\)\s*$/g, "");
  const points = inside.split(",").map((part) => part.trim().split(/\s+/).map(Number));
  const places: LngLat[] = points.flatMap(([lng, lat]): LngLat[] =>
    lng !== undefined && lat !== undefined && Number.isFinite(lng) && Number.isFinite(lat)
      ? [[lng, lat]]
      : [],
  );
  return places.length < 2 ? [] : places;
}

export function readPlace(lng: string, lat: string): LngLat | null {
  if (lng.trim() === "" || lat.trim() === "") return null;
  const [x, y] = [Number(lng), Number(lat)];
  return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null;
}

/** Keeps a shape and its past. */
export class Drawing {
  private past: Shape[] = [];

  constructor(public now: Shape) {}

  change(next: Shape): void {
    this.past.push(this.now);
    this.now = next;
  }

  /** A change that goes on with the last one, as while a point is dragged. */
  amend(next: Shape): void {
    this.now = next;
  }

  undo(): void {
    this.now = this.past.pop() ?? this.now;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get isEmpty(): boolean {
    return this.now.point === null && this.now.line.length === 0;
  }
}

export const appended = (shape: Shape, place: LngLat): Shape => ({
  ...shape,
  line: [...shape.line, place],
});

export const moved = (shape: Shape, index: number, place: LngLat): Shape =>
  index < 0
    ? { ...shape, point: place }
    : { ...shape, line: shape.line.map((old, at) => (at === index ? place : old)) };

export const inserted = (shape: Shape, after: number, place: LngLat): Shape => ({
  ...shape,
  line: [...shape.line.slice(0, after + 1), place, ...shape.line.slice(after + 1)],
});

export const turned = (shape: Shape): Shape => ({ ...shape, line: [...shape.line].reverse() });

export const middles = (line: readonly LngLat[]): LngLat[] =>
  line.slice(1).map(([lng, lat], at): LngLat => {
    const [before = 0, below = 0] = line[at] ?? [];
    return [(before + lng) / 2, (below + lat) / 2];
  });
