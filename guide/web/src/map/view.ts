/** The map's side of the page: follows the store, and offers the profile's cursor. */

import type { FeatureCollection } from "geojson";
import {
  type ExpressionSpecification,
  type GeoJSONSource,
  type MapLibreMap,
  Marker,
  type PaddingOptions,
} from "maplibre-gl";
import { getStyle } from "../api/client";
import type { Area, LngLat, Route } from "../api/types";
import { type Bounds, boundsOf, medianPlace } from "../geo";
import type { State, Store } from "../store";
import { h } from "../ui/dom";
import { type Stop, stopToText } from "../walk/stops";
import { showConquered } from "./conquered";
import { showFollowing } from "./following";
import { showFound } from "./found";
import { showHere } from "./here";
import { showHills } from "./hills";
import { followPointer } from "./line-pointer";
import { selectedFilter, selectedPlaceFilter } from "./slope-layers";
import { dressStyle } from "./style";
import { inksOf } from "./theme";

export interface MapView {
  /** Moves to a part of the town. */
  show(bounds: Bounds): void;
  /** Whether the map keeps moving with somebody who walks. */
  centre(on: boolean): void;
  showCursor(at: { lngLat: LngLat; label: string } | null): void;
  /**
   * Tells how far along a line the pointer is, in metres, while it is on it, and null when it
   * leaves; until the signal ends it.
   */
  onLine(
    line: readonly (readonly number[])[],
    signal: AbortSignal,
    tell: (along_m: number | null) => void,
  ): void;
}

/** From here on the smaller streets are in the tiles. */
const LEAST_OPENING_ZOOM = 12;

const collection = (features: FeatureCollection["features"]): FeatureCollection => ({
  type: "FeatureCollection",
  features,
});

export function mapView(store: Store, map: MapLibreMap, padding: () => PaddingOptions): MapView {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const ready = document.documentElement.dataset;

  const fit = (bounds: Bounds, maxZoom: number, animate = true): void => {
    map.fitBounds(bounds, {
      padding: padding(),
      maxZoom,
      duration: animate && !still.matches ? 700 : 0,
    });
  };

  const source = (id: string): GeoJSONSource | undefined => map.getSource<GeoJSONSource>(id);

  const following = showFollowing(store, map);
  const extras = [
    following,
    ...[showFound, showConquered, showHere, showHills].map((show) => show(store, map)),
  ];

  // --- one style per town and language --------------------------------------------------------
  let opening: AbortController | null = null;
  const openTown = async (): Promise<void> => {
    const { area } = store.now;
    gathered = null;
    fit(area.bbox, 17, false);
    // The slopes may be here before the map, or come later; both ways lead to this view.
    gatherAroundSlopes(store.now);
    follow(store.now, false);
    showWholeWalk(store.now, false);
    await drawTown();
  };

  const drawTown = async (): Promise<void> => {
    opening?.abort();
    opening = new AbortController();
    const { signal } = opening;
    delete ready.ready;
    const { area, lang, evening } = store.now;
    const style = await getStyle(area.id, evening ? "evening" : "day", lang, signal).catch(
      (error: unknown) => {
        if (!signal.aborted) console.info("There is no map of this town:", error);
        return null;
      },
    );
    if (signal.aborted) return;
    if (!style) {
      awaitReady(signal);
      return;
    }
    map.setStyle(dressStyle(style, store.now.selected, inksOf(evening)), { diff: false });
    map.once("style.load", () => {
      // Slopes or a route may have come while the style was loading.
      drawWalk(store.now);
      markSelected(store.now);
      for (const extra of extras) extra.restyled();
      awaitReady(signal);
    });
  };

  // Only the opening view is ours to choose; afterwards the visitor's own stays.
  let gathered: Area | null = null;
  /** A wide district seen whole shows no streets; its slopes are what a visitor came for. */
  const gatherAroundSlopes = ({ slopes, selected, plan }: Readonly<State>): void => {
    if (selected || plan.kind !== "none" || map.getZoom() >= LEAST_OPENING_ZOOM) return;
    const measured = slopes.flatMap(({ geometry, properties }) =>
      geometry?.type === "LineString" && properties.mean_grade_percent !== null
        ? [geometry.coordinates[0] ?? []]
        : [],
    );
    const center = medianPlace(measured);
    if (!center || gathered === store.now.area) return;
    gathered = store.now.area;
    fit([...center, ...center], LEAST_OPENING_ZOOM + 0.5, false);
  };

  /** Ready means: drawn, and the slopes arrived too; tests and pictures wait for this. */
  const awaitReady = (signal: AbortSignal): void => {
    map.once("idle", () => {
      if (signal.aborted) return;
      if (store.now.loading) awaitReady(signal);
      else ready.ready = "true";
    });
    map.triggerRepaint();
  };

  // --- the walk -----------------------------------------------------------------------------
  const placeOf = (stop: Stop): LngLat | null => {
    if ("lng_lat" in stop) return stop.lng_lat;
    if ("landmark" in stop) {
      const found = store.now.landmarks.find((each) => each.properties.id === stop.landmark);
      return (found?.geometry.coordinates as LngLat | undefined) ?? null;
    }
    const geometry = store.now.slopes.find((each) => each.properties.id === stop.slope)?.geometry;
    if (geometry?.type === "Point") return geometry.coordinates as LngLat;
    const ends = geometry?.coordinates;
    return ((stop.direction === "down" ? ends?.at(-1) : ends?.[0]) as LngLat | undefined) ?? null;
  };

  const sameStop = (a: Stop | undefined, b: Stop): boolean =>
    a !== undefined && !("slope" in b) && stopToText(a) === stopToText(b);

  const routeOf = ({ plan, following: walk }: Readonly<State>): Route | null =>
    walk?.route ?? (plan.kind === "done" ? plan.route : plan.kind === "loading" ? plan.last : null);

  const drawWalk = (state: Readonly<State>): void => {
    const route = routeOf(state);
    source("route")?.setData(
      collection(route ? [{ type: "Feature", geometry: route.geometry, properties: {} }] : []),
    );
    source("stops")?.setData(
      collection(
        state.stops.flatMap((stop, index) => {
          const coordinates = placeOf(stop);
          // Back at the start, where the first number stands.
          const home =
            index > 0 && index === state.stops.length - 1 && sameStop(state.stops[0], stop);
          if (!coordinates || home) return [];
          const geometry = { type: "Point" as const, coordinates };
          return [
            { type: "Feature" as const, geometry, properties: { number: String(index + 1) } },
          ];
        }),
      ),
    );
  };

  let fitted: Route | null = null;
  store.watch(["plan", "stops", "slopes", "landmarks"], drawWalk);
  let walking: Route | null = null;
  store.watch(["following"], (state) => {
    const route = state.following?.route ?? null;
    if (route === walking) return;
    walking = route;
    drawWalk(state);
  });
  store.watch(["plan"], ({ plan, tab, selected }) => {
    if (plan.kind !== "done" || plan.route === fitted) return;
    fitted = plan.route;
    // While a slope is being read, a route that appears must not take the view away.
    if (tab === "slopes" && selected) return;
    const bounds = boundsOf(plan.route.geometry.coordinates);
    if (bounds) fit(bounds, 17);
  });
  const showWholeWalk = ({ tab, plan }: Readonly<State>, animate = true): void => {
    const bounds =
      tab === "walk" && plan.kind === "done" && boundsOf(plan.route.geometry.coordinates);
    if (bounds) fit(bounds, 17, animate);
  };
  store.watch(["tab"], (state) => showWholeWalk(state));

  const setFilter = (layer: string, filter: ExpressionSpecification): void => {
    if (map.getLayer(layer)) map.setFilter(layer, filter);
  };

  // --- slopes and language ------------------------------------------------------------------
  const markSelected = ({ selected }: Readonly<State>): void => {
    setFilter("slope-selected", selectedFilter(selected));
    setFilter("slope-selected-point", selectedPlaceFilter(selected));
  };
  const follow = (state: Readonly<State>, animate = true): void => {
    const { selected, slopes, landmark, landmarks } = state;
    markSelected(state);
    const geometry =
      slopes.find((each) => each.properties.id === selected)?.geometry ??
      landmarks.find((each) => each.properties.id === landmark)?.geometry;
    if (!geometry) return;
    const points = geometry.type === "Point" ? [geometry.coordinates] : geometry.coordinates;
    const bounds = boundsOf(points);
    if (bounds) fit(bounds, 16.6, animate);
  };
  store.watch(["selected", "landmark"], (state) => follow(state));
  store.watch(["slopes"], (state) => {
    if (state.slopes.length > 0) gatherAroundSlopes(state);
    // A shared link names its slope before the slopes are here.
    if (state.selected) follow(state);
  });
  store.watch(["lang", "evening"], () => void drawTown());
  store.watch(["area"], () => void openTown());
  map.once("load", () => void openTown());

  // --- the cursor of a profile ----------------------------------------------------------------
  const bubble = h("span", { class: "cursor-label" });
  const cursor = new Marker({ element: h("div", { class: "cursor" }, bubble), anchor: "center" });
  return {
    show: (bounds) => fit(bounds, 17),
    centre: following.centre,
    showCursor(at) {
      if (!at) {
        cursor.remove();
        return;
      }
      bubble.textContent = at.label;
      cursor.setLngLat(at.lngLat).addTo(map);
    },
    onLine: (line, signal, tell) => followPointer(map, line, signal, tell),
  };
}
