/** What the address of the page says, so that a view or a walk can be shared as a link. */
import type { Lang, Preset, StepsChoice } from "./api/types";
import { PRESETS, STEPS, type Stop, stopFromText, stopToText } from "./walk/stops";

export interface UrlState {
  area: string | null;
  lang: Lang | null;
  slope: string | null;
  stops: Stop[];
  preset: Preset;
  steps: StepsChoice;
}

const oneOf = <T extends string>(allowed: readonly T[], value: string | null): T | null =>
  allowed.find((item) => item === value) ?? null;

export function readUrl(search: string): UrlState {
  const query = new URLSearchParams(search);
  return {
    area: query.get("area"),
    lang: oneOf<Lang>(["ja", "en"], query.get("lang")),
    slope: query.get("slope"),
    stops: query.getAll("stop").flatMap((text) => stopFromText(text) ?? []),
    preset: oneOf(PRESETS, query.get("preset")) ?? "tourist",
    steps: oneOf(STEPS, query.get("steps")) ?? "allow",
  };
}

export function writeUrl(state: UrlState): string {
  const query = new URLSearchParams();
  if (state.area) query.set("area", state.area);
  if (state.lang) query.set("lang", state.lang);
  if (state.slope) query.set("slope", state.slope);
  for (const stop of state.stops) query.append("stop", stopToText(stop));
  // Defaults stay out of the address: a link should say only what its sender chose.
  if (state.preset !== "tourist") query.set("preset", state.preset);
  if (state.steps !== "allow") query.set("steps", state.steps);
  // Colons and commas are legal in a query and far easier to read unescaped.
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}
