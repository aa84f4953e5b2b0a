/** One place for what the page knows; views watch the parts they draw. */
import type { ApiError } from "./api/client";
import type {
  Area,
  LandmarkFeature,
  Lang,
  Legend,
  Place,
  Preset,
  Route,
  SlopeFeature,
  StepsChoice,
  TourFeature,
} from "./api/types";
import type { Filters } from "./explore/filters";
import type { SortBy } from "./explore/sort";
import type { Following } from "./follow/follow";
import type { Here } from "./here/position";
import type { Book } from "./hundred/book";
import type { Look } from "./look";
import type { Draft, Offers } from "./walk/draft";
import type { History } from "./walk/history";
import type { Stop } from "./walk/stops";
import type { Wishes } from "./walk/wishes";

export type Plan =
  | { kind: "none" }
  | { kind: "loading"; last: Route | null }
  /** `key` says of which walk, in whose words (see walk/draft). */
  | { kind: "done"; route: Route; key: string }
  | { kind: "failed"; failure: ApiError };

/** What a touch on the map is for. */
export type Picking = "stop" | "start";

export const TABS = ["slopes", "walk", "hundred", "town"] as const;
export type Tab = (typeof TABS)[number];

export interface State {
  lang: Lang;
  legend: Legend;
  tab: Tab;

  // The town
  areas: Area[];
  area: Area;
  slopes: SlopeFeature[];
  landmarks: LandmarkFeature[];
  loading: boolean;
  failure: string | null;
  /** True while the service cannot be reached and this device answers in its place. */
  away: boolean;

  // How it looks
  look: Look;
  evening: boolean;
  /** Whether the hills are seen in three dimensions, and whether the town has heights for it. */
  hills: boolean;
  hillsKnown: boolean;

  // Exploring
  query: string;
  filters: Filters;
  sort: SortBy;
  /** The slopes that pass, in order: what list and map show. */
  found: SlopeFeature[];
  /** What else the query may mean, best first. */
  places: Place[];
  /** Id of the slope or of the landmark that is being read; never both. */
  selected: string | null;
  landmark: string | null;
  here: Here;

  // My hundred
  book: Book;
  /** False where this device will not remember the book. */
  bookKept: boolean;

  // The walk
  stops: Stop[];
  preset: Preset;
  steps: StepsChoice;
  /** Stops of the link that opened the page that are no longer there, counted from 1. */
  vanished: readonly number[];
  plan: Plan;
  /** What the walk was before each change, the latest last. */
  past: readonly Draft[];
  /** Planned before on this device, the latest first. */
  history: History;
  wishes: Wishes;
  offers: Offers | null;
  /** Recommended by the town's staff. */
  tours: TourFeature[];
  picking: Picking | null;

  /** Set while somebody walks along the plan. */
  following: Following | null;
}

type Part = keyof State;
type Watcher = (state: Readonly<State>) => void;

export class Store {
  readonly #watchers: { parts: readonly Part[]; tell: Watcher }[] = [];
  #state: State;

  constructor(initial: State) {
    this.#state = initial;
  }

  get now(): Readonly<State> {
    return this.#state;
  }

  /** Only watchers of parts that really changed are told, once each, after all parts are set. */
  set(change: Partial<State>): void {
    const before = this.#state;
    const parts = (Object.keys(change) as Part[]).filter((part) => change[part] !== before[part]);
    if (parts.length === 0) return;
    this.#state = { ...before, ...change };
    // A copy: a watcher that is told may end others.
    for (const watcher of [...this.#watchers]) {
      if (watcher.parts.some((part) => parts.includes(part))) watcher.tell(this.#state);
    }
  }

  /** Until the signal ends it, if there is one. */
  watch(parts: readonly Part[], tell: Watcher, until?: AbortSignal): void {
    const watcher = { parts, tell };
    this.#watchers.push(watcher);
    until?.addEventListener("abort", () => {
      this.#watchers.splice(this.#watchers.indexOf(watcher), 1);
    });
  }

  /** Draws now and again whenever one of the parts changes. */
  draw(parts: readonly Part[], tell: Watcher, until?: AbortSignal): void {
    this.watch(parts, tell, until);
    tell(this.#state);
  }
}
