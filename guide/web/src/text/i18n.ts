/** Words in the visitor's language. Every visible string is in src/strings. */
import type { Lang } from "../api/types";
import en from "../strings/en.json";
import ja from "../strings/ja.json";

export type Key = keyof typeof ja;
export type Words = (key: Key, values?: Record<string, string | number>) => string;

// Two assignments, so that a key missing from either file fails the type check.
const japanese: Record<keyof typeof en, string> = ja;
const english: Record<Key, string> = en;
const TABLES: Record<Lang, Record<Key, string>> = { ja: japanese, en: english };

export function wordsOf(lang: Lang): Words {
  return (key, values = {}) =>
    TABLES[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
}

/** A word for a value that came over the wire, or the value itself if nobody has named it yet. */
export function wordFor(t: Words, prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return key in ja ? t(key as Key) : value;
}

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
