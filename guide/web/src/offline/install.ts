/** "Put it on the home screen", where the browser offers that. */

import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";

/** Of Chromium's, not yet of any standard. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: "accepted" | "dismissed" }>;
}

let offered: InstallPrompt | null = null;
let told: () => void = () => {};

/** The browser asks once, early; whoever wants the button later finds the question here. */
export function hearInstallPrompt(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offered = event as InstallPrompt;
    told();
  });
  window.addEventListener("appinstalled", () => {
    offered = null;
    told();
  });
}

export function installButton(store: Store): HTMLElement {
  const element = h("div", {});
  const install = async (): Promise<void> => {
    await offered?.prompt();
    offered = null;
    draw();
  };
  const draw = (): void => {
    const t = wordsOf(store.now.lang);
    element.hidden = offered === null;
    element.replaceChildren(
      button(
        { class: "secondary", "data-testid": "install" },
        () => void install(),
        icon("plus", 18),
        t("offline.install"),
      ),
    );
  };
  told = draw;
  store.draw(["lang"], draw);
  return element;
}
