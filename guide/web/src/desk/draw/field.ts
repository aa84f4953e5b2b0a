/** The map of a form: a point or a line is drawn on it, and at every change the desk says what it is. */
import { Marker } from "maplibre-gl";
import type { Lang, LngLat } from "../../api/types";
import { placeAlong } from "../../geo";
import { look, openTown, type Town } from "../map/town";
import { latest, tell } from "../server";
import { type MeasuredSlope, noteNodes, showMeasured } from "./found";
import { listen, type Tool } from "./hand";
import { addLayers, showDrawn, showFound } from "./layers";
import {
  appended,
  Drawing,
  inserted,
  lineText,
  moved,
  placeText,
  readLine,
  readPlace,
  turned,
} from "./shape";

interface MeasuredClosure {
  lines: LngLat[][];
  notes: MeasuredSlope["notes"];
}

const MEASURE_AFTER_MS = 60;

export async function drawField(root: HTMLElement): Promise<void> {
  const form = root.closest("form");
  const canvas = root.querySelector<HTMLElement>("[data-map]");
  if (!form || !canvas) return;
  const { area = "", kind = "slope", lang = "ja" } = root.dataset;
  const field = (name: string): HTMLInputElement | null =>
    form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  const [lng, lat, line] = [field("lng"), field("lat"), field("line")];

  const drawing = new Drawing({
    point: readPlace(lng?.value ?? "", lat?.value ?? ""),
    line: readLine(line?.value ?? ""),
  });
  const start = drawing.now.line.length > 0 ? drawing.now.line : [drawing.now.point ?? []];
  const town = await openTown(
    canvas,
    area,
    lang as Lang,
    start.filter((place) => place.length > 0),
  );
  addLayers(town.map);

  let tool: Tool = null;
  const tools = new Map<string, HTMLButtonElement>();
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-tool]")) {
    tools.set(button.dataset.tool ?? "", button);
  }
  const say = root.querySelector<HTMLElement>(".draw-say");
  const foundAt = root.querySelector<HTMLElement>(".draw-found");
  const measured = measurer(town, form, kind, foundAt, say);

  const choose = (next: Tool): void => {
    tool = next;
    for (const [name, button] of tools) {
      if (name === "point" || name === "line") {
        button.setAttribute("aria-pressed", String(name === tool));
      }
    }
    if (say) say.textContent = say.dataset[tool ? `say${capital(tool)}` : "sayIdle"] ?? "";
    // While a line is drawn a double press ends it, and must not zoom.
    if (tool === "line") town.map.doubleClickZoom.disable();
    else town.map.doubleClickZoom.enable();
  };

  const show = (): void => {
    showDrawn(town.map, drawing.now);
    enable(tools.get("undo"), drawing.canUndo);
    enable(tools.get("clear"), !drawing.isEmpty);
    enable(tools.get("turn"), drawing.now.line.length > 1);
  };
  const write = (): void => {
    const [x, y] = placeText(drawing.now.line.length > 1 ? null : drawing.now.point);
    if (lng) lng.value = x;
    if (lat) lat.value = y;
    if (line) line.value = lineText(drawing.now.line);
    for (const mirror of form.querySelectorAll<HTMLInputElement>("[data-mirror]")) {
      mirror.value = mirror.dataset.mirror === "lng" ? x : y;
    }
    form.dispatchEvent(new CustomEvent("drawn", { bubbles: true }));
  };
  const changed = (): void => {
    show();
    write();
    measured();
  };

  listen(town.map, {
    tool: () => tool,
    press: (place) => {
      if (tool === "point") {
        drawing.change({ point: place, line: [] });
        choose(null);
      } else {
        drawing.change(appended(drawing.now, place));
      }
      changed();
    },
    end: () => {
      const places = drawing.now.line;
      // The second press of a double press has put one place too many.
      const [last, before] = [places.at(-1), places.at(-2)];
      if (last && before && last[0] === before[0] && last[1] === before[1]) drawing.undo();
      choose(null);
      changed();
    },
    hold: (at, isNew, place) => {
      drawing.change(isNew ? inserted(drawing.now, at, place) : { ...drawing.now });
      return isNew ? at + 1 : at;
    },
    drag: (at, place) => {
      drawing.amend(moved(drawing.now, at, place));
      show();
      write();
      measured();
    },
    drop: changed,
  });

  for (const [name, button] of tools) {
    button.addEventListener("click", () => {
      switch (name) {
        case "point":
          choose(tool === "point" ? null : "point");
          break;
        case "line":
          if (tool === "line") choose(null);
          else {
            if (drawing.now.line.length < 2) drawing.change({ point: drawing.now.point, line: [] });
            choose("line");
          }
          break;
        case "undo":
          drawing.undo();
          changed();
          break;
        case "turn":
          drawing.change(turned(drawing.now));
          changed();
          break;
        case "clear":
          drawing.change({ point: null, line: [] });
          changed();
          break;
      }
    });
  }
  for (const mirror of form.querySelectorAll<HTMLInputElement>("[data-mirror]")) {
    mirror.addEventListener("change", () => {
      const typed = (name: string): string =>
        form.querySelector<HTMLInputElement>(`[data-mirror="${name}"]`)?.value ?? "";
      drawing.change({ point: readPlace(typed("lng"), typed("lat")), line: [] });
      changed();
    });
  }
  // Another name may mean another street.
  for (const name of ["name", "other_names", "slope"]) {
    form
      .querySelector<HTMLInputElement>(`[name="${name}"]`)
      ?.addEventListener("change", () => measured());
  }
  choose(drawing.isEmpty && kind !== "closure" ? "point" : null);
  show();
  await measured();
  root.dataset.ready = "yes";
}

/** Asks what a drawing is, and shows the answer; of several questions only the last one is answered. */
function measurer(
  town: Town,
  form: HTMLFormElement,
  kind: string,
  element: HTMLElement | null,
  say: HTMLElement | null,
): () => Promise<void> {
  const signal = latest();
  const { area } = town;
  let cursor: Marker | null = null;
  let first = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const point = (place: LngLat | null): void => {
    cursor?.remove();
    cursor = place === null ? null : new Marker({ scale: 0.6 }).setLngLat(place).addTo(town.map);
  };
  const showSlope = (found: MeasuredSlope): void => {
    point(null);
    showFound(town.map, found.line ? [found.line] : [], true);
    if (!element) return;
    const along = found.line ? placeAlong(found.line) : null;
    showMeasured(element, found, {
      ...town,
      onCursor: (at) => point(at === null || along === null ? null : along(at)),
    });
  };

  const measure = async (): Promise<void> => {
    if (kind === "landmark") return;
    const cells: Record<string, string> = {};
    for (const name of ["name", "other_names", "lng", "lat", "line", "slope", "steps", "kind"]) {
      const value = new FormData(form).get(name);
      if (typeof value === "string" && value !== "") cells[name] = value;
    }
    const stop = signal();
    if (say) say.dataset.busy = "yes";
    try {
      if (kind === "slope") {
        showSlope(await tell<MeasuredSlope>(`/desk/${area.id}/measure/slope`, { cells }, stop));
      } else {
        const found = await tell<MeasuredClosure>(
          `/desk/${area.id}/measure/closure`,
          { cells },
          stop,
        );
        showFound(town.map, found.lines, false);
        if (first) look(town.map, found.lines.flat(), area.bbox);
        first = false;
        element?.replaceChildren(...noteNodes(found.notes));
      }
    } catch {
      // Stopped by a newer question, or the desk is gone: what is drawn is still there.
    } finally {
      if (say && !stop.aborted) delete say.dataset.busy;
    }
  };
  return () =>
    new Promise((done) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void measure().then(done), MEASURE_AFTER_MS);
    });
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function enable(button: HTMLButtonElement | undefined, on: boolean): void {
  if (button) button.disabled = !on;
}
