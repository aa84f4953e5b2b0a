/** The arithmetic of a profile drawing: ticks, scales, runs of known height. No DOM. */
import type { Profile, ProfileBand } from "../api/types";

export interface Sample {
  distance: number;
  elevation: number;
  sigma: number | null;
}

/** Stretches of neighbouring samples whose height is known; gaps stay gaps in the drawing. */
export function knownRuns(profile: Profile): Sample[][] {
  const runs: Sample[][] = [];
  let run: Sample[] = [];
  profile.distances_m.forEach((distance, i) => {
    const elevation = profile.elevations_m[i];
    if (elevation === null || elevation === undefined) {
      if (run.length > 0) runs.push(run);
      run = [];
    } else {
      run.push({ distance, elevation, sigma: profile.sigma_m?.[i] ?? null });
    }
  });
  if (run.length > 0) runs.push(run);
  return runs;
}

/** Round values between `low` and `high`, about `wanted` of them: steps of 1, 2 or 5. */
export function ticks(low: number, high: number, wanted: number): number[] {
  const span = high - low;
  if (!(span > 0) || wanted < 1) return [low];
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(6)),
  );
}

/** The heights a drawing must show, error included, and never so few that flat looks steep. */
export function heightRange(
  runs: readonly (readonly Sample[])[],
  length: number,
): [number, number] {
  const samples = runs.flat();
  if (samples.length === 0) return [0, 1];
  const low = Math.min(...samples.map((s) => s.elevation - (s.sigma ?? 0)));
  const high = Math.max(...samples.map((s) => s.elevation + (s.sigma ?? 0)));
  // At least 5 % of the length: the noise of a flat street must not fill the picture. A long walk
  // is hilly enough at a hundred metres.
  const least = Math.max(4, Math.min(100, length * 0.05));
  const pad = Math.max(0, least - (high - low)) / 2 + (high - low) * 0.08;
  // The sea is no valley: what is all above it is not drawn as if there were more below.
  const sunk = low >= 0 ? Math.max(0, pad - low) : 0;
  return [low - pad + sunk, high + pad + sunk];
}

export type Scale = (value: number) => number;

export const linear = (from: [number, number], to: [number, number]): Scale => {
  const span = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
};

/** Height at a distance, between samples by a straight line; null where it is not known. */
export function heightAt(profile: Profile, distance: number): number | null {
  const { distances_m: d, elevations_m: e } = profile;
  let i = d.findIndex((value) => value >= distance);
  if (i === -1) i = d.length - 1;
  const [d1, e1] = [d[i], e[i]];
  if (d1 === undefined || e1 === null || e1 === undefined) return null;
  const [d0, e0] = [d[i - 1], e[i - 1]];
  if (d0 === undefined || d1 <= distance) return e1;
  if (e0 === null || e0 === undefined) return null;
  return e0 + ((distance - d0) / (d1 - d0 || 1)) * (e1 - e0);
}

export const gradeAt = (profile: Profile, distance: number): number | null =>
  profile.bands.find((band) => distance >= band.from_m && distance <= band.to_m)?.grade_percent ??
  null;

/** Neighbouring pieces of one band as one piece, with the mean of their grades over its length. */
export function mergedBands(bands: readonly ProfileBand[]): ProfileBand[] {
  const merged: ProfileBand[] = [];
  for (const band of bands) {
    const last = merged.at(-1);
    const touches = last && last.band === band.band && Math.abs(last.to_m - band.from_m) < 0.5;
    if (touches) merged[merged.length - 1] = joined(last, band);
    else merged.push(band);
  }
  return merged;
}

function joined(one: ProfileBand, next: ProfileBand): ProfileBand {
  const [before, more] = [one.to_m - one.from_m, next.to_m - next.from_m];
  const [a, b] = [one.grade_percent, next.grade_percent];
  const grade_percent =
    a === null || b === null ? null : (a * before + b * more) / (before + more || 1);
  return { ...one, to_m: next.to_m, grade_percent };
}
