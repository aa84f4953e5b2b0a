/** My hundred: what has been conquered, as stamps in a book, and what to do with it. */
import type { SlopeFeature } from "../api/types";
import { colourOfGrade } from "../bands";
import { gradeOf } from "../explore/grade";
import { shareFile } from "../sheet/share";
import { counted, type Words, wordsOf } from "../text/i18n";
import { areaName, nameOf } from "../text/names";
import { calendarDay, height } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { climbedM, conquestOf, merged } from "./book";
import { bookFromText, bookToText, LARGEST_BYTES } from "./file";
import { ring } from "./ring";
import { stamp } from "./stamp";

export function hundredRoom({ store, actions, toasts }: PageParts): HTMLElement {
  const top = h("div", { class: "hundred-top" });
  const stamps = h("div", {});
  const elsewhere = h("div", {});
  const tools = h("div", { class: "hundred-tools" });
  const element = h(
    "section",
    { class: "hundred", "data-testid": "hundred" },
    top,
    stamps,
    elsewhere,
    tools,
  );

  const drawTop = (): void => {
    const { lang, book, area, slopes, bookKept } = store.now;
    const t = wordsOf(lang);
    const here = book.filter((each) => each.area === area.id);
    const all = Math.max(slopes.length, area.counts.slopes ?? 0);
    top.replaceChildren(
      ring(here.length, all, t),
      h(
        "div",
        { class: "hundred-sum" },
        h("h2", {}, t("hundred.title")),
        h(
          "p",
          { "data-testid": "hundred-count" },
          t("hundred.count", { done: here.length, all, town: areaName(area, lang, t) }),
        ),
        here.length > 0
          ? h(
              "p",
              { class: "hint" },
              t("hundred.climbed", { rise: height(climbedM(here), lang, t) }),
            )
          : h("p", { class: "hint" }, t("hundred.none")),
      ),
      bookKept
        ? ""
        : h("p", { class: "error", role: "alert" }, icon("warning", 18), t("hundred.unkept")),
    );
  };

  const stampOf = (slope: SlopeFeature, t: Words): HTMLElement => {
    const { lang, legend, book, area } = store.now;
    const { id } = slope.properties;
    const name = nameOf(slope.properties, lang) ?? id;
    const made = conquestOf(book, area.id, id);
    const day = made && calendarDay(made.at, area.time_zone, lang);
    return h(
      "li",
      {},
      button(
        {
          class: made ? "stamp done" : "stamp",
          "data-testid": "stamp",
          "data-slope-id": id,
        },
        () => actions.select(id),
        stamp(made !== null, colourOfGrade(legend, gradeOf(slope))),
        h("span", { class: "stamp-name" }, name),
        day
          ? h("small", {}, h("span", { class: "unseen" }, t("hundred.stamp_done")), day)
          : h("span", { class: "unseen" }, t("hundred.stamp")),
      ),
    );
  };

  const drawStamps = (): void => {
    const { lang, slopes, loading, book, area } = store.now;
    const t = wordsOf(lang);
    const when = (slope: SlopeFeature): string =>
      conquestOf(book, area.id, slope.properties.id)?.at ?? "";
    // The latest stamp first, then what is still to be had.
    const ordered = [...slopes].sort((a, b) =>
      when(a) < when(b) ? 1 : when(a) > when(b) ? -1 : 0,
    );
    stamps.replaceChildren(
      loading
        ? h("p", { class: "hint" }, t("app.loading"))
        : h("ul", { class: "stamps" }, ...ordered.map((slope) => stampOf(slope, t))),
    );
  };

  /** Towns whose slopes are not at hand now, and slopes that are no more: nothing is lost. */
  const drawElsewhere = (): void => {
    const { lang, book, area, areas, slopes, loading } = store.now;
    const t = wordsOf(lang);
    if (loading) return;
    const there = new Set(slopes.map((slope) => slope.properties.id));
    const others = book.filter((each) => each.area !== area.id || !there.has(each.slope));
    const town = (id: string): string => {
      const found = areas.find((each) => each.id === id);
      return found ? areaName(found, lang, t) : id;
    };
    elsewhere.replaceChildren(
      ...(others.length === 0
        ? []
        : [
            h("h3", {}, counted(t, "hundred.elsewhere", others.length)),
            h(
              "ul",
              { class: "near" },
              ...others.map((each) =>
                h(
                  "li",
                  { class: "near-row" },
                  icon("done", 18),
                  h(
                    "span",
                    { class: "near-name" },
                    nameOf(each, lang) ?? each.slope,
                    h("small", {}, town(each.area)),
                  ),
                  h("span", { class: "near-far" }, calendarDay(each.at, undefined, lang)),
                ),
              ),
            ),
          ]),
    );
  };

  // --- card and file --------------------------------------------------------------------------
  const shareCard = async (): Promise<void> => {
    const { lang } = store.now;
    const t = wordsOf(lang);
    try {
      const { drawCard } = await import("./card");
      const file = await drawCard(store.now);
      const done = await shareFile(t("hundred.title"), file);
      if (done === "saved") toasts.say(t("hundred.card_saved"));
    } catch (error) {
      console.warn(error);
      toasts.say(t("hundred.card_failed"));
    }
  };

  const exportBook = async (): Promise<void> => {
    const { book, lang } = store.now;
    const t = wordsOf(lang);
    const day = new Date().toISOString().slice(0, 10);
    const file = new File([bookToText(book)], `hyakusaka-${day}.json`, {
      type: "application/json",
    });
    const done = await shareFile(t("hundred.title"), file);
    if (done === "saved") toasts.say(t("hundred.saved"));
  };

  const chooser = h("input", {
    type: "file",
    accept: ".json,application/json",
    hidden: true,
    "data-testid": "import-file",
  });
  const importBook = async (file: File): Promise<void> => {
    const t = wordsOf(store.now.lang);
    if (file.size > LARGEST_BYTES) {
      toasts.say(t("hundred.import_foreign"));
      return;
    }
    const read = bookFromText(await file.text());
    if (read.kind !== "read") {
      toasts.say(t(`hundred.import_${read.kind}`));
      return;
    }
    const before = store.now.book;
    const book = merged(before, read.book);
    store.set({ book });
    const values = { added: book.length - before.length, refused: read.refused };
    toasts.say(t(read.refused > 0 ? "hundred.imported_part" : "hundred.imported", values), {
      word: t("undo"),
      act: () => store.set({ book: before }),
    });
  };
  chooser.addEventListener("change", () => {
    const file = chooser.files?.[0];
    if (file) void importBook(file);
    chooser.value = "";
  });

  const drawTools = (): void => {
    const { lang, book, area } = store.now;
    const t = wordsOf(lang);
    const here = book.some((each) => each.area === area.id);
    tools.replaceChildren(
      button(
        { class: "primary", "data-testid": "share-card", disabled: !here },
        () => void shareCard(),
        icon("share", 18),
        t("hundred.card"),
      ),
      button(
        { class: "secondary", "data-testid": "export-book", disabled: book.length === 0 },
        () => void exportBook(),
        t("hundred.export"),
      ),
      button(
        { class: "secondary", "data-testid": "import-book" },
        () => chooser.click(),
        t("hundred.import"),
      ),
      chooser,
      h("p", { class: "hint" }, t("hundred.private")),
    );
  };

  store.draw(["lang", "book", "area", "slopes", "bookKept"], drawTop);
  store.draw(["lang", "book", "area", "slopes", "legend", "loading"], drawStamps);
  store.draw(["lang", "book", "area", "areas", "slopes", "loading"], drawElsewhere);
  store.draw(["lang", "book", "area"], drawTools);
  return element;
}
