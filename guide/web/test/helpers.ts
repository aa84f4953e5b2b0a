import type { Legend, SlopeFeature, SlopeProperties } from "../src/api/types";

export const LEGEND: Legend = {
  bands: [
    { band: 0, from_percent: 0, to_percent: 2, colour: "#8fb9a8", evening_colour: "#8fb9a8" },
    { band: 1, from_percent: 2, to_percent: 12, colour: "#e2cf6c", evening_colour: "#e2cf6c" },
    { band: 2, from_percent: 12, to_percent: null, colour: "#5e1f6b", evening_colour: "#5e1f6b" },
  ],
  unknown_colour: "#b9b4aa",
  unknown_evening_colour: "#7b828c",
};

/** A slope of which only what a test names is known. */
export function slope(
  properties: Partial<SlopeProperties> & { id: string },
  geometry: SlopeFeature["geometry"] = null,
): SlopeFeature {
  const unknown = {
    name: properties.id,
    reading: null,
    name_en: null,
    mean_grade_percent: null,
    mean_abs_grade_percent: null,
    length_m: null,
    rise_m: null,
    steps: null,
    effort: null,
    course_constant_up: null,
    themes: null,
  };
  return {
    type: "Feature",
    geometry,
    properties: { ...unknown, ...properties } as SlopeProperties,
  };
}
