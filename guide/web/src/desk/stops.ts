/** The stops of a tour, in their order, and the walk over them on the map. */
import type { Lang, LngLat } from "../api/types";
import { distance, duration } from "../text/numbers";
import { button, h } from "../ui/dom";
import { type Note, noteNodes } from "./draw/found";
import { addLayers, showFound } from "./draw/layers";
import { finder, type Thing } from "./finder";
import { look, openTown } from "./map/town";
import { ask, latest, tell } from "./server";

type Direction = "any" | "up" | "down";

interface Stop {
  id: string;
  direction: Direction;
}

interface Walk {
  line: LngLat[] | null;
  distance_m?: number;
  duration_s?: number;
  ascent_m?: number | null;
  notes: Note[];
}

const DIRECTIONS: readonly Direction[] = ["any", "up", "down"];

export const readStops = (text: string): Stop[] =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [id = "", word = "any"] = part.split(":");
      return { id, direction: DIRECTIONS.find((each) => each === word) ?? "any" };
    });

export const stopsText = (stops: readonly Stop[]): string =>
  stops.map(({ id, direction }) => (direction === "any" ? id : `${id}:${direction}`)).join(";");

export async function stopsField(root: HTMLElement): Promise<void> {
  const input = root.querySelector<HTMLInputElement>('input[name="stops"]');
  const list = root.querySelector<HTMLOListElement>(".stops-list");
  const told = root.querySelector<HTMLElement>(".stops-walk");
  const canvas = root.querySelector<HTMLElement>("[data-map]");
  const search = root.querySelector<HTMLElement>("[data-find]");
  if (!input || !list || !told || !canvas || !search) return;
  const { area = "", lang = "ja" } = root.dataset;
  const words = root.dataset as Record<string, string>;
  const things = new Map<string, Thing>();
  let stops = readStops(input.value);

  const known = await ask<Thing[]>(
    `/desk/${area}/find?${new URLSearchParams({ ids: stops.map((stop) => stop.id).join(";") })}`,
  ).catch(() => []);
  for (const thing of known) things.set(thing.id, thing);
  const town = await openTown(canvas, area, lang as Lang, []);
  addLayers(town.map);
  const signal = latest();

  const walk = async (move: boolean): Promise<void> => {
    try {
      const found = await tell<Walk>(
        `/desk/${area}/measure/tour`,
        { cells: { stops: stopsText(stops) } },
        signal(),
      );
      showFound(town.map, found.line ? [found.line] : [], false);
      if (found.line && move) look(town.map, found.line);
      told.replaceChildren(...sentence(found), ...noteNodes(found.notes));
    } catch {
      // A newer question has been asked.
    }
  };
  const sentence = (found: Walk): HTMLElement[] => {
    if (found.distance_m === undefined || found.duration_s === undefined) return [];
    const parts = [
      distance(found.distance_m, town.lang, town.t),
      duration(found.duration_s, town.t),
      found.ascent_m ? `↑ ${distance(found.ascent_m, town.lang, town.t)}` : "",
    ];
    return [h("p", { class: "sentence" }, parts.filter((part) => part !== "").join(" · "))];
  };

  const changed = (): void => {
    input.value = stopsText(stops);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    show();
    void walk(true);
  };
  const swap = (at: number, other: number): void => {
    const [one, two] = [stops[at], stops[other]];
    if (!one || !two) return;
    stops = stops.map((stop, index) => (index === at ? two : index === other ? one : stop));
    changed();
  };
  const show = (): void => {
    list.replaceChildren(
      ...stops.map((stop, at) => {
        const thing = things.get(stop.id);
        const way = h(
          "select",
          { "aria-label": thing?.name ?? stop.id },
          ...DIRECTIONS.map((each) =>
            h("option", { value: each, selected: each === stop.direction }, words[each] ?? each),
          ),
        );
        way.addEventListener("change", () => {
          stops = stops.map((each, index) =>
            index === at ? { ...each, direction: way.value as Direction } : each,
          );
          changed();
        });
        return h(
          "li",
          {},
          h("span", { class: "stop-name" }, thing?.name ?? stop.id),
          thing?.kind === "slope" ? way : null,
          button(
            { class: "small", "aria-label": words.earlier ?? "", disabled: at === 0 },
            () => swap(at, at - 1),
            "↑",
          ),
          button(
            { class: "small", "aria-label": words.later ?? "", disabled: at === stops.length - 1 },
            () => swap(at, at + 1),
            "↓",
          ),
          button(
            { class: "small" },
            () => {
              stops = stops.filter((_, index) => index !== at);
              changed();
            },
            words.remove ?? "×",
          ),
        );
      }),
    );
  };
  finder(search, (thing) => {
    things.set(thing.id, thing);
    stops = [...stops, { id: thing.id, direction: "any" }];
    changed();
  });
  show();
  if (stops.length > 0) await walk(true);
  root.dataset.ready = "yes";
}
