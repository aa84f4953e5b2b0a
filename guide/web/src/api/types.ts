/** The words of the service as they travel on the wire. `null` always means "not known". */
import type { Feature, FeatureCollection, LineString, Point } from "geojson";

export type Lang = "ja" | "en";
export type LngLat = [number, number];

export interface Credit {
  text: string;
  url: string | null;
  licence: string | null;
}

export interface Missing {
  source: string;
  message_ja: string;
  message_en: string;
}

export interface Area {
  id: string;
  name_ja: string;
  name_en: string;
  bbox: [number, number, number, number];
  time_zone?: string;
  sample: boolean;
  complete: boolean;
  missing: Missing[];
  counts: {
    slopes: number | null;
    landmarks: number | null;
    tours?: number;
    closures?: number;
    streets_km: number | null;
  };
  credits: Credit[];
  tilesets: string[];
  /** Another one after every change of the data. */
  build?: string;
  archives?: { tileset: string; file: string; bytes: number }[];
}

export interface AreaList {
  areas: Area[];
  default: string | null;
}

export interface LegendBand {
  band: number;
  from_percent: number;
  to_percent: number | null;
  colour: string;
  evening_colour: string;
}

export interface Legend {
  bands: LegendBand[];
  unknown_colour: string;
  unknown_evening_colour: string;
}

export interface Measures {
  length_m: number | null;
  rise_m: number | null;
  ascent_m: number | null;
  descent_m: number | null;
  mean_grade_percent: number | null;
  mean_abs_grade_percent: number | null;
  max_grade_20m_percent: number | null;
  max_grade_50m_percent: number | null;
  grade_sigma_percent: number | null;
  max_grade_20m_sigma_percent: number | null;
  max_grade_50m_sigma_percent: number | null;
  steps: number | null;
  stairs_m?: number | null;
  handrail?: boolean | null;
  effort: number | null;
  course_constant_up: number | null;
  course_constant_down: number | null;
  rank: string | null;
  elevation_source: string | null;
  confidence: "high" | "fair" | "low" | null;
}

/** What a catalogue row says of a slope or a landmark, whoever measured it. */
interface Told {
  id: string;
  reading: string | null;
  name_en: string | null;
  other_names?: string[];
  other_readings?: string[];
  themes: string[] | null;
  description_ja: string | null;
  description_en: string | null;
  photo: string | null;
  photo_credit: string | null;
  photo_licence?: string | null;
  photo_source?: string | null;
  licence: string | null;
  credit?: string | null;
}

export interface SlopeProperties extends Told, Measures {
  name: string;
  posted_grade_percent: number | null;
  reported_effort: number | null;
  sentence_ja?: string | null;
  sentence_en?: string | null;
  /** Ids of what lies near. */
  landmarks?: string[];
}

export type SlopeFeature = Feature<LineString | Point | null, SlopeProperties>;
export type SlopeCollection = FeatureCollection<LineString | Point | null, SlopeProperties> & {
  numberMatched?: number;
};

export interface LandmarkProperties extends Told {
  kind: string;
  name: string | null;
  opening_hours?: string | null;
  source?: string;
  /** Ids of the slopes it lies near. */
  slopes?: string[];
}
export type LandmarkFeature = Feature<Point, LandmarkProperties>;

/** What a search found. A street has no id. */
export interface Place {
  kind: "slope" | "landmark" | "street";
  id: string | null;
  name: string | null;
  name_en: string | null;
  landmark_kind: string | null;
  lngLat: LngLat;
  bounds: [number, number, number, number] | null;
}

export interface ProfileBand {
  from_m: number;
  to_m: number;
  grade_percent: number | null;
  band: number | null;
}

export interface Profile {
  distances_m: number[];
  elevations_m: (number | null)[];
  sigma_m: (number | null)[] | null;
  bands: ProfileBand[];
}

export type Direction = "up" | "down" | "any";
export type Preset = "tourist" | "fit" | "family" | "stroller" | "wheelchair";
export type StepsChoice = "allow" | "avoid" | "never";

export type WireStop =
  | { lng_lat: LngLat }
  | { landmark: string }
  | { slope: string; direction: Direction };

export interface WalkerRequest {
  preset: Preset;
  steps?: StepsChoice;
}

export interface RouteRequest {
  stops: WireStop[];
  walker: WalkerRequest;
  language: Lang;
}

/** A stop of a tour, with a stay there. */
export type Halt = WireStop & {
  stay_min?: number;
  between?: [string, string] | null;
};

export interface TourRequest {
  halts: Halt[];
  walker: WalkerRequest;
  language: Lang;
  depart?: string | null;
}

export interface PlanRequest {
  start: WireStop;
  time_budget_min: number;
  max_ascent_m?: number;
  themes?: string[];
  include?: string[];
  exclude?: string[];
  pause?: { kind: string; minutes: number; between: [string, string] };
  depart?: string;
  walker: WalkerRequest;
  language: Lang;
}

export interface LoopRequest {
  start: WireStop;
  duration_min: number;
  themes?: string[];
  walker: WalkerRequest;
  language: Lang;
}

/** How one turns; the service finds it on its own streets. */
export type Turn =
  | "straight"
  | "slight-left"
  | "left"
  | "sharp-left"
  | "slight-right"
  | "right"
  | "sharp-right"
  | "u-turn";

export interface Instruction {
  text: string;
  /** Null at the start and at a stop. */
  turn: Turn | null;
  distance_m: number;
  duration_s: number;
  begin_m: number;
}

export interface Leg {
  from_stop: number;
  to_stop: number;
  slope: string | null;
  direction: Exclude<Direction, "any"> | null;
  distance_m: number;
  duration_s: number;
  ascent_m: number | null;
  descent_m: number | null;
}

/** A halt of a tour and when one is there, in seconds from departure. */
export interface HaltTimes {
  kind: string;
  slope: string | null;
  landmark: string | null;
  name: string | null;
  direction: Exclude<Direction, "any"> | null;
  arrives_s: number;
  stays_s: number;
  leaves_s: number;
  arrives: string | null;
}

export interface Note {
  type: string;
  message: string;
}

export interface Route {
  distance_m: number;
  duration_s: number;
  ascent_m: number | null;
  descent_m: number | null;
  max_grade_20m_percent: number | null;
  steps: number | null;
  effort?: number | null;
  keeps_limits?: boolean;
  legs: Leg[];
  geometry: { type: "LineString"; coordinates: number[][] };
  profile: Profile | null;
  instructions: Instruction[];
  warnings: { type: string; message: string }[];
  stops: { lng_lat: LngLat; name: string | null; snapped_distance_m: number | null }[];
  credits?: Credit[];
}

/** A route with halts, their times, and the links that keep it. */
export interface Tour extends Route {
  aim: string;
  aim_text?: string;
  total_duration_s: number;
  halts: HaltTimes[];
  missed_halts: number[];
  request: TourRequest;
  link: string;
  link_path: string;
  qr_path: string;
  notes?: Note[];
  /** Of a loop: how far from the wish, and how much of it is walked twice. */
  off_percent?: number;
  repeated_percent?: number;
}

export interface PlannedTour extends Tour {
  left_out?: { slope: string; name: string; message: string }[];
  alternatives: Tour[];
  alternatives_left_out?: Note[];
}

export interface TourProperties {
  id: string;
  name: string;
  name_en: string | null;
  reading: string | null;
  description_ja: string | null;
  description_en: string | null;
  stops: { id: string; direction: Direction }[];
  walkable: boolean;
  distance_m: number | null;
  duration_s: number | null;
  ascent_m: number | null;
  steps: number | null;
}
export type TourFeature = Feature<LineString | null, TourProperties>;

/** What would have to give for a wish to be granted. */
export interface Change {
  field: string;
  value: number | string | null;
  message_ja: string;
  message_en: string;
}
