/** Starts the page: asks what there is, then shows it. */
import "./styles/page.css";
import "./styles/panel.css";
import "./styles/explore.css";
import "./styles/slope.css";
import "./styles/hundred.css";
import "./styles/walk.css";
import "./styles/map.css";
import "./styles/guide.css";
import { getAreas, getLegend } from "./api/client";
import { dress, isEvening, storedLook } from "./look";
import { showPage } from "./page";
import { initialLang, loadWords, wordsOf } from "./text/i18n";
import { button, h } from "./ui/dom";
import { readUrl } from "./url";

const app = document.querySelector<HTMLElement>("#app") ?? document.body;

function say(...parts: (Node | string)[]): void {
  app.replaceChildren(h("main", { class: "splash", role: "status" }, ...parts));
}

async function start(): Promise<void> {
  const url = readUrl(location.search);
  const lang = initialLang(url.lang);
  document.documentElement.lang = lang;
  try {
    // Both languages' files are small, and their words are needed to say anything at all.
    const asked = Promise.all([getAreas(), getLegend()]);
    asked.catch(() => {});
    await loadWords(lang);
    const t = wordsOf(lang);
    document.title = t("app.title");
    say(h("p", {}, t("app.loading")));
    const [list, legend] = await asked;
    const named = (id: string | null) => list.areas.find((area) => area.id === id);
    const first = named(url.area) ?? named(list.default) ?? list.areas[0];
    if (first) showPage(app, { url, lang, areas: list.areas, legend, first });
    else say(h("p", {}, t("app.no_areas")));
  } catch (error) {
    console.error(error);
    const t = wordsOf(lang);
    say(
      h("p", {}, t("app.failed")),
      button({ class: "primary" }, () => void start(), t("app.retry")),
    );
  }
}

dress(isEvening(storedLook()));
void start();
