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
export type Preset = "tourist" | "fit" | "family";
export type StepsChoice = "allow" | "avoid" | "never";

export type WireStop =
  | { lng_lat: LngLat }
  | { landmark: string }
  | { slope: string; direction: Direction };

export interface RouteRequest {
  stops: WireStop[];
  walker: { preset: Preset; steps: StepsChoice };
  language: Lang;
}

export interface Route {
  distance_m: number;
  duration_s: number;
  ascent_m: number | null;
  descent_m: number | null;
  max_grade_20m_percent: number | null;
  steps: number | null;
  geometry: { type: "LineString"; coordinates: number[][] };
  profile: Profile | null;
  instructions: { text: string; distance_m: number; duration_s: number; begin_m: number }[];
  warnings: { type: string; message: string }[];
  stops: { lng_lat: LngLat; name: string | null; snapped_distance_m: number | null }[];
}

export interface TileJson {
  tiles: string[];
  minzoom?: number;
  maxzoom?: number;
  bounds?: [number, number, number, number];
  vector_layers?: { id: string }[];
}
