/** Shares what is open now: the address of the page says it all. */
import type { Words } from "../text/i18n";
import { button } from "../ui/dom";
import { icon } from "../ui/icons";
import type { Toasts } from "../ui/toast";
import { shareLink } from "./share";

export function shareButton(title: () => string, t: Words, toasts: Toasts): HTMLButtonElement {
  const share = async (): Promise<void> => {
    const done = await shareLink(title(), location.href);
    if (done === "copied") toasts.say(t("share.copied"));
    if (done === "failed") toasts.say(t("share.failed"));
  };
  return button(
    { class: "icon-button", "data-testid": "share", "aria-label": t("share.do") },
    () => void share(),
    icon("share", 20),
  );
}
