/** Numbers as people read them. Every function takes null for "not known". */
import type { Lang } from "../api/types";
import type { Words } from "./i18n";

const LOCALE: Record<Lang, string> = { ja: "ja-JP", en: "en-GB" };

export function decimal(value: number, digits: number, lang: Lang): string {
  const text = new Intl.NumberFormat(LOCALE[lang], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  }).format(value);
  // A true minus sign; a hyphen before a digit is easily missed.
  return text.replace("-", "−");
}

/** "14.2 ± 1.3 %", "14.2 %" without a known error, or the words for "not known". */
export function grade(
  percent: number | null | undefined,
  sigma: number | null | undefined,
  lang: Lang,
  t: Words,
): string {
  if (percent === null || percent === undefined) return t("unknown");
  const value = decimal(percent, 1, lang);
  if (sigma === null || sigma === undefined) return t("unit.percent", { value });
  return t("unit.percent_error", { value, error: decimal(sigma, 1, lang) });
}

/** Metres up to a kilometre, then kilometres with as many digits as a walker can use. */
export function distance(metres: number | null | undefined, lang: Lang, t: Words): string {
  if (metres === null || metres === undefined) return t("unknown");
  if (Math.round(metres) < 1000) return t("unit.m", { value: decimal(metres, 0, lang) });
  return t("unit.km", { value: decimal(metres / 1000, metres < 9950 ? 2 : 1, lang) });
}

export function height(metres: number | null | undefined, lang: Lang, t: Words): string {
  if (metres === null || metres === undefined) return t("unknown");
  return t("unit.m", { value: decimal(metres, Math.abs(metres) < 20 ? 1 : 0, lang) });
}

export function duration(seconds: number, t: Words): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t("unit.minutes", { minutes });
  return rest === 0
    ? t("unit.hours", { hours })
    : t("unit.hours_minutes", { hours, minutes: rest });
}

/** One sentence that says how steep something is, for people who do not think in percent. */
export function gradeSentence(percent: number | null, lang: Lang, t: Words): string {
  if (percent === null) return t("sentence.unknown");
  const steep = Math.abs(percent);
  const value = decimal(steep, 1, lang);
  if (steep < 2) return t("sentence.flat", { value });
  const rise = decimal(steep, 0, lang);
  if (steep < 8) return t("sentence.gentle", { rise });
  if (steep < 18) return t("sentence.steep", { rise });
  return t("sentence.very_steep", { rise });
}

/** The day of a moment as a calendar in that town shows it. */
export function calendarDay(at: string, timeZone: string | undefined, lang: Lang): string {
  const form = { dateStyle: "medium" } as const;
  return new Intl.DateTimeFormat(LOCALE[lang], timeZone ? { ...form, timeZone } : form).format(
    new Date(at),
  );
}

/** Megabytes as phones count them: 1 MB is a million bytes. */
export function megabytes(bytes: number, lang: Lang): string {
  const value = bytes / 1e6;
  return `${decimal(value, value < 10 ? 1 : 0, lang)} MB`;
}
