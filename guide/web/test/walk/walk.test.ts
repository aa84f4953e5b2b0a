import { describe, expect, it } from "vitest";
import type { Halt, LandmarkFeature, PlannedTour } from "../../src/api/types";
import { NO_FILTERS } from "../../src/explore/filters";
import { type State, Store } from "../../src/store";
import { changeWalk, chooseOffer, keyOf, offersFrom, undoWalk } from "../../src/walk/draft";
import { reversed, type Stop, stopFromHalt, turnStop } from "../../src/walk/stops";
import {
  arrivals,
  loopRequest,
  NO_WISHES,
  planRequest,
  startOf,
  stopOfStart,
} from "../../src/walk/wishes";
import { LEGEND, slope } from "../helpers";

const A: Stop = { slope: "a", direction: "up" };
const B: Stop = { slope: "b", direction: "down" };
const HOME: Stop = { landmark: "station" };

const state = (part: Partial<State> = {}): State =>
  ({
    lang: "en",
    legend: LEGEND,
    area: { id: "town", bbox: [140, 42, 141, 43] },
    slopes: [
      slope(
        { id: "a" },
        {
          type: "LineString",
          coordinates: [
            [140.5, 42.5],
            [140.501, 42.5],
          ],
        },
      ),
    ],
    landmarks: [],
    here: { kind: "off" },
    filters: NO_FILTERS,
    stops: [],
    preset: "tourist",
    steps: "allow",
    vanished: [],
    plan: { kind: "none" },
    past: [],
    offers: null,
    picking: null,
    wishes: NO_WISHES,
    ...part,
  }) as State;

const landmark = (id: string, kind: string, lon: number, name: string | null = id) =>
  ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [lon, 42.5] },
    properties: { id, kind, name, name_en: null },
  }) as unknown as LandmarkFeature;

describe("stops", () => {
  it("turn from up to down to either way, and other stops not at all", () => {
    expect(turnStop([A, HOME], 0)).toEqual([{ slope: "a", direction: "down" }, HOME]);
    expect(turnStop([A, HOME], 1)).toEqual([A, HOME]);
  });
  it("go the other way round with their slopes", () => {
    expect(reversed([HOME, A, B])).toEqual([
      { slope: "b", direction: "up" },
      { slope: "a", direction: "down" },
      HOME,
    ]);
  });
  it("come out of a reply without what is empty in it", () => {
    const empty = { lng_lat: null, landmark: null, slope: "a", direction: "up", stay_min: 0 };
    expect(stopFromHalt(empty as unknown as Halt)).toEqual(A);
    const lunch = { landmark: "x", slope: null, stay_min: 45, between: ["11:30", "14:00"] };
    expect(stopFromHalt(lunch as unknown as Halt)).toEqual({
      landmark: "x",
      stay_min: 45,
      between: ["11:30", "14:00"],
    });
  });
});

describe("a walk that is changed", () => {
  it("goes back step by step to what it was", () => {
    const store = new Store(state());
    changeWalk(store, { stops: [A] });
    changeWalk(store, { stops: [A, B] });
    changeWalk(store, { preset: "family" });
    undoWalk(store);
    expect([store.now.stops, store.now.preset]).toEqual([[A, B], "tourist"]);
    undoWalk(store);
    undoWalk(store);
    expect(store.now.stops).toEqual([]);
    undoWalk(store);
    expect(store.now.past).toEqual([]);
  });
  it("is the same walk only in the same words, for the same legs, with the same rests", () => {
    const key = keyOf(state({ stops: [A, B] }));
    expect(keyOf(state({ stops: [A, B] }))).toBe(key);
    for (const other of [
      { stops: [B, A] },
      { stops: [A, B], lang: "ja" as const },
      { stops: [A, B], steps: "never" as const },
      { stops: [A, { ...B, stay_min: 5 }] },
    ]) {
      expect(keyOf(state(other))).not.toBe(key);
    }
  });
});

describe("walks to choose from", () => {
  const tour = (halts: Stop[]) =>
    ({ aim: "best", request: { halts }, halts: [], legs: [] }) as unknown as PlannedTour;
  const reply = { ...tour([HOME, A, HOME]), alternatives: [tour([HOME, B, HOME])] } as PlannedTour;

  it("become the walk with their numbers, and one step back is before all of them", () => {
    const store = new Store(state());
    const offers = offersFrom("tour", reply);
    chooseOffer(store, offers, 0);
    chooseOffer(store, offers, 1);
    const { plan, stops, offers: now } = store.now;
    expect(stops).toEqual([HOME, B, HOME]);
    expect(now?.chosen).toBe(1);
    expect(plan.kind === "done" && plan.key).toBe(keyOf(store.now));
    undoWalk(store);
    expect([store.now.stops, store.now.offers]).toEqual([[], null]);
  });
});

describe("where a walk begins", () => {
  const stations = [
    landmark("far", "station", 140.9),
    landmark("near", "station", 140.51),
    landmark("near-2", "station", 140.52, "near"),
    landmark("stop", "bus_stop", 140.5),
  ];
  it("is the station nearest to the slopes, each name once", () => {
    const known = state({ landmarks: stations });
    expect(arrivals(known).map((each) => each.properties.id)).toEqual(["near", "far"]);
    expect(startOf(NO_WISHES, known)).toEqual({ kind: "landmark", id: "near" });
  });
  it("is here for who is in the town, not for who is elsewhere", () => {
    const fix = (lon: number) => ({
      kind: "known" as const,
      fix: { lngLat: [lon, 42.5] as [number, number], accuracy_m: 5, heading_deg: null, at: 0 },
    });
    expect(startOf(NO_WISHES, state({ here: fix(140.5) }))?.kind).toBe("here");
    expect(startOf(NO_WISHES, state({ here: fix(10), landmarks: stations }))?.kind).toBe(
      "landmark",
    );
  });
  it("is a slope's foot where nobody arrives, and unknown where nothing is", () => {
    expect(startOf(NO_WISHES, state())).toEqual({ kind: "point", lngLat: [140.5, 42.5] });
    expect(startOf(NO_WISHES, state({ slopes: [] }))).toBeNull();
    expect(stopOfStart({ kind: "here" }, state())).toBeNull();
  });
});

describe("wishes", () => {
  it("ask for no more than was wished", () => {
    expect(planRequest(state(), HOME)).toEqual({
      start: HOME,
      time_budget_min: 120,
      walker: { preset: "tourist", steps: "allow" },
      language: "en",
    });
  });
  it("ask for all that was wished", () => {
    const wishes = { ...NO_WISHES, themes: ["view"], max_ascent_m: 100, rest: "food" as const };
    expect(planRequest(state({ wishes }), HOME)).toMatchObject({
      themes: ["view"],
      max_ascent_m: 100,
      pause: { kind: "food", minutes: 45 },
    });
    expect(loopRequest(state({ wishes: { ...wishes, minutes: 40 } }), HOME)).toMatchObject({
      duration_min: 40,
      themes: ["view"],
    });
  });
});
