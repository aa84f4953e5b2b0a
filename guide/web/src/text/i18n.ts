/** Words in the visitor's language. Every visible string is in src/strings. */
import type { Lang } from "../api/types";
import type en from "../strings/en.json";
import type ja from "../strings/ja.json";

export type Key = keyof typeof ja;
export type Words = (key: Key, values?: Record<string, string | number>) => string;
type Table = Record<Key, string>;

/** A page needs one language at a time; the other comes when it is asked for. */
const TABLES: Partial<Record<Lang, Table>> = {};

// Two assignments, so that a key missing from either file fails the type check.
const LOADERS: Record<Lang, () => Promise<Table>> = {
  ja: async (): Promise<Record<keyof typeof en, string>> =>
    (await import("../strings/ja.json")).default,
  en: async (): Promise<Record<keyof typeof ja, string>> =>
    (await import("../strings/en.json")).default,
};

/** Must have happened before `wordsOf` is asked for this language. */
export async function loadWords(lang: Lang): Promise<void> {
  TABLES[lang] ??= await LOADERS[lang]();
}

export function wordsOf(lang: Lang): Words {
  const table = TABLES[lang];
  return (key, values = {}) =>
    (table?.[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
}

/** A word for a value that came over the wire, or the value itself if nobody has named it yet. */
export function wordFor(t: Words, prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  const word = t(key as Key);
  return word === key ? value : word;
}

/** "1 slope", "12 slopes": English has two forms, Japanese says the same in both. */
export const counted = (t: Words, key: Key, count: number): string =>
  t((count === 1 ? `${key}_one` : key) as Key, { count });

const STORED = "hyakusaka.lang";

export function initialLang(fromUrl: Lang | null): Lang {
  if (fromUrl) return fromUrl;
  try {
    const stored = localStorage.getItem(STORED);
    if (stored === "ja" || stored === "en") return stored;
  } catch {
    // Storage may be forbidden (private windows); the browser's language still tells.
  }
  return navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
}

export function keepLang(lang: Lang): void {
  try {
    localStorage.setItem(STORED, lang);
  } catch {
    // The address keeps it too.
  }
}
