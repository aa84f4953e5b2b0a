/** What was found and measured of a drawing: a sentence, the profile, the numbers, and what was noticed. */
import type { Lang, Legend, LngLat, Measures, Profile, SlopeProperties } from "../../api/types";
import { profileView } from "../../profile/view";
import { measures } from "../../sheet/measures";
import type { Words } from "../../text/i18n";
import { h } from "../../ui/dom";

export interface Note {
  severity: string;
  text: string;
  mend: string | null;
}

export interface MeasuredSlope {
  line: LngLat[] | null;
  on_streets?: boolean;
  sentence?: string | null;
  measures?: Measures;
  profile?: Profile;
  notes: Note[];
}

export interface FoundOptions {
  legend: Legend;
  lang: Lang;
  t: Words;
  onCursor(fraction: number | null): void;
}

export function showMeasured(
  element: HTMLElement,
  found: MeasuredSlope,
  { legend, lang, t, onCursor }: FoundOptions,
): void {
  const parts: Node[] = noteNodes(found.notes);
  if (found.sentence) parts.unshift(h("p", { class: "sentence" }, found.sentence));
  if (found.profile && found.measures) {
    const view = profileView({
      profile: found.profile,
      legend,
      lang,
      t,
      onCursor: (at) => onCursor(at === null ? null : at.fraction),
    });
    const numbers = measures(
      { ...found.measures, reported_effort: null } as SlopeProperties,
      lang,
      t,
    );
    parts.push(h("div", { class: "measured" }, view.element, numbers));
  }
  element.replaceChildren(...parts);
}

export const noteNodes = (notes: readonly Note[]): HTMLElement[] =>
  notes.map((note) =>
    h(
      "p",
      { class: `note note-${note.severity}` },
      note.text,
      note.mend ? h("span", { class: "mend" }, note.mend) : null,
    ),
  );
