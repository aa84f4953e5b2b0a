/** The one number by which a slope is sorted, coloured and filtered. */
import type { SlopeFeature } from "../api/types";

/** Mean grade as a positive percentage, or null where nobody has measured it. */
export function gradeOf(slope: SlopeFeature): number | null {
  const { mean_abs_grade_percent, mean_grade_percent } = slope.properties;
  const value = mean_grade_percent ?? mean_abs_grade_percent;
  return value === null || value === undefined ? null : Math.abs(value);
}
