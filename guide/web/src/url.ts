/** What the address of the page says, so that a view or a walk can be shared as a link. */
import type { Lang, Preset, StepsChoice } from "./api/types";
import { DONE, type Filters, NO_FILTERS, STAIRS } from "./explore/filters";
import { SORTS, type SortBy } from "./explore/sort";
import { TABS, type Tab } from "./store";
import { PRESETS, STEPS, STEPS_OF, type Stop, stopFromText, stopToText } from "./walk/stops";

export interface UrlState {
  area: string | null;
  lang: Lang | null;
  tab: Tab | null;
  slope: string | null;
  landmark: string | null;
  query: string;
  filters: Filters;
  sort: SortBy;
  stops: Stop[];
  preset: Preset;
  steps: StepsChoice;
  /** Which stops of an old link are no longer there, counted from 1. */
  vanished: number[];
}

export const DEFAULT_SORT: SortBy = "steepest";

const oneOf = <T extends string>(allowed: readonly T[], value: string | null): T | null =>
  allowed.find((item) => item === value) ?? null;

const words = (text: string | null): string[] => (text ? text.split(",").filter(Boolean) : []);
const whole = (text: string | null): number[] => words(text).map(Number).filter(Number.isInteger);

export function readUrl(search: string): UrlState {
  const query = new URLSearchParams(search);
  const within = Number(query.get("within"));
  const preset = oneOf(PRESETS, query.get("preset")) ?? "tourist";
  return {
    area: query.get("area"),
    lang: oneOf<Lang>(["ja", "en"], query.get("lang")),
    tab: oneOf(TABS, query.get("tab")),
    slope: query.get("slope"),
    landmark: query.get("landmark"),
    query: query.get("q") ?? "",
    filters: {
      themes: words(query.get("theme")),
      seasons: words(query.get("season")),
      efforts: whole(query.get("effort")),
      bands: whole(query.get("band")),
      stairs: oneOf(STAIRS, query.get("stairs")) ?? NO_FILTERS.stairs,
      within_m: within > 0 ? within : null,
      done: oneOf(DONE, query.get("done")) ?? NO_FILTERS.done,
    },
    sort: oneOf(SORTS, query.get("sort")) ?? DEFAULT_SORT,
    stops: query.getAll("stop").flatMap((text) => stopFromText(text) ?? []),
    preset,
    steps: oneOf(STEPS, query.get("steps")) ?? STEPS_OF[preset],
    vanished: query.getAll("vanished").map(Number).filter(Number.isInteger),
  };
}

/** Defaults stay out of the address: a link should say only what its sender chose. */
export function writeUrl(state: Omit<UrlState, "vanished">): string {
  const query = new URLSearchParams();
  const say = (name: string, value: string | number | null, unless?: string): void => {
    if (value !== null && value !== "" && value !== unless) query.set(name, String(value));
  };
  const { filters } = state;
  say("area", state.area);
  say("lang", state.lang);
  say("tab", state.tab, "slopes");
  say("slope", state.slope);
  say("landmark", state.landmark);
  say("q", state.query.trim());
  say("theme", filters.themes.join(","));
  say("season", filters.seasons.join(","));
  say("effort", filters.efforts.join(","));
  say("band", filters.bands.join(","));
  say("stairs", filters.stairs, NO_FILTERS.stairs);
  say("within", filters.within_m);
  say("done", filters.done, NO_FILTERS.done);
  say("sort", state.sort, DEFAULT_SORT);
  for (const stop of state.stops) query.append("stop", stopToText(stop));
  say("preset", state.preset, "tourist");
  say("steps", state.steps, STEPS_OF[state.preset]);
  // Colons and commas are legal in a query and far easier to read unescaped.
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}
