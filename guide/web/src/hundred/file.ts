/** The book as a file: written for the visitor to keep, read back with every doubt said. */
import { type Book, type Conquest, WITNESSES, type Witness } from "./book";

const FORMAT = "hyakusaka-book";
const VERSION = 1;
/** No walker needs more, and a file that long is not ours. */
export const LARGEST_BYTES = 2_000_000;

export function bookToText(book: Book): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, conquests: book }, null, 1)}\n`;
}

export type Reading =
  | { kind: "read"; book: Book; refused: number }
  | { kind: "unreadable" }
  | { kind: "foreign" }
  | { kind: "newer" };

export function bookFromText(text: string): Reading {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { kind: "unreadable" };
  }
  if (typeof content !== "object" || content === null) return { kind: "foreign" };
  const { format, version, conquests } = content as Record<string, unknown>;
  if (format !== FORMAT || typeof version !== "number") return { kind: "foreign" };
  if (version > VERSION) return { kind: "newer" };
  if (!Array.isArray(conquests)) return { kind: "foreign" };
  const book = conquests.flatMap((row) => conquestFrom(row) ?? []);
  return { kind: "read", book, refused: conquests.length - book.length };
}

const LONGEST = 300;
const word = (value: unknown): string | null =>
  typeof value === "string" && value !== "" && value.length <= LONGEST ? value : null;
const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

/** Null for what is no conquest: the file may have been edited by hand. */
function conquestFrom(row: unknown): Conquest | null {
  if (typeof row !== "object" || row === null) return null;
  const given = row as Record<string, unknown>;
  const [area, slope, name, at] = [given.area, given.slope, given.name, given.at].map(word);
  const moment = at ? Date.parse(at) : Number.NaN;
  const by = WITNESSES.find((each) => each === given.by);
  if (!area || !slope || !name || Number.isNaN(moment) || !by) return null;
  return {
    area,
    slope,
    name,
    at: new Date(moment).toISOString(),
    by: by satisfies Witness,
    name_en: word(given.name_en),
    rise_m: number(given.rise_m),
    grade_percent: number(given.grade_percent),
  };
}
