/** A photo with whose it is; without a credit it may not be shown. */
import type { Words } from "../text/i18n";
import { h } from "../ui/dom";

interface Pictured {
  photo: string | null;
  photo_credit: string | null;
  photo_licence?: string | null;
}

export function photo(of: Pictured, name: string, t: Words): HTMLElement | null {
  const { photo: address, photo_credit, photo_licence } = of;
  // Only pictures from our own server: a visit here is nobody else's business.
  if (!address?.startsWith("/") || address.startsWith("//") || !photo_credit) return null;
  const credit = photo_licence ? `${photo_credit} (${photo_licence})` : photo_credit;
  const image = h("img", { src: address, alt: t("slope.photo_of", { name }), loading: "lazy" });
  const figure = h(
    "figure",
    { class: "photo", "data-testid": "photo" },
    image,
    h("figcaption", {}, t("slope.photo", { credit })),
  );
  // Without a connection a picture may be missing; a broken frame helps nobody.
  image.addEventListener("error", () => {
    figure.hidden = true;
  });
  return figure;
}
