/** A photo with whose it is; without a credit it may not be shown. */
import type { Words } from "../text/i18n";
import { h } from "../ui/dom";

interface Pictured {
  photo: string | null;
  photo_credit: string | null;
  photo_licence?: string | null;
}

/** Wide enough for a sheet on any screen; whoever wants more opens the photo itself. */
const SHEET_PX = 800;

/** Where the sheet's picture of a photo lies; null for those of other sites. */
export const pictureAddress = (photo: string | null | undefined): string | null =>
  // Only pictures from our own server: a visit here is nobody else's business.
  photo?.startsWith("/") && !photo.startsWith("//") ? `${photo}?size=${SHEET_PX}` : null;

/** Its shape, which its name tells, so that nothing jumps when it comes. */
function shapeOf(photo: string): { width?: string; height?: string } {
  const [, width, height] = /-(\d+)x(\d+)\.jpg$/.exec(photo) ?? [];
  return width && height ? { width, height } : {};
}

export function photo(of: Pictured, name: string, t: Words): HTMLElement | null {
  const { photo: address, photo_credit, photo_licence } = of;
  const source = pictureAddress(address);
  if (!address || !source || !photo_credit) return null;
  const credit = photo_licence ? `${photo_credit} (${photo_licence})` : photo_credit;
  const image = h("img", {
    src: source,
    alt: t("slope.photo_of", { name }),
    loading: "lazy",
    ...shapeOf(address),
  });
  const figure = h(
    "figure",
    { class: "photo", "data-testid": "photo" },
    h("a", { href: address, target: "_blank", rel: "noopener" }, image),
    h("figcaption", {}, t("slope.photo", { credit })),
  );
  // Without a connection a picture may be missing; a broken frame helps nobody.
  image.addEventListener("error", () => {
    figure.hidden = true;
  });
  return figure;
}
