/** Which of a thing's names to show. */
import type { Area, Lang } from "../api/types";
import type { Words } from "./i18n";

export function nameOf(
  thing: { name: string | null; name_en?: string | null },
  lang: Lang,
): string | null {
  return lang === "en" ? thing.name_en || thing.name : thing.name || thing.name_en || null;
}

/** The name in the other script, when there is one, for visitors who must match it to a sign. */
export function otherNameOf(
  slope: { name: string; name_en: string | null; reading: string | null },
  lang: Lang,
): string | null {
  if (lang === "ja") return slope.reading;
  const shown = nameOf(slope, lang);
  const native = [slope.name, slope.reading].filter((text) => text && text !== shown);
  return native.length > 0 ? native.join(" · ") : null;
}

export function areaName(area: Area, lang: Lang, t: Words): string {
  const name = lang === "ja" ? area.name_ja : area.name_en;
  if (!area.sample) return name;
  // Said in both languages whatever the page's: nobody may take a made-up town for a real one.
  return t("area.sample_name", { name: name.replace(/\s*[(（].*[)）]$/, "") });
}
