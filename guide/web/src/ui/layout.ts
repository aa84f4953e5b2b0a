/** How much of the map is covered by what floats over it. */
import type { PaddingOptions } from "maplibre-gl";

export const isPhone = (): boolean => matchMedia("(max-width: 719px)").matches;

const MARGIN = 44;
const TABS = 58;

/** Room to leave free around what the map should show. */
export function mapPadding(
  header: HTMLElement,
  panel: HTMLElement,
  legend: HTMLDetailsElement,
): PaddingOptions {
  const [width, height] = [window.innerWidth, window.innerHeight];
  if (!isPhone()) {
    const left = panel.getBoundingClientRect().right + MARGIN;
    return {
      top: MARGIN,
      right: MARGIN + 24,
      bottom: MARGIN + (legend.open ? legend.offsetHeight + 24 : 24),
      left: Math.min(left, width * 0.6),
    };
  }
  const top = header.getBoundingClientRect().bottom + 20;
  // The sheet may still be sliding; its wanted height is what counts.
  const wanted = Number.parseFloat(
    document.documentElement.style.getPropertyValue("--sheet-height"),
  );
  const bottom = (Number.isFinite(wanted) ? wanted : height * 0.4) + TABS + 40;
  // A full sheet would leave no room at all, which MapLibre answers by not moving.
  return { top, right: 76, bottom: Math.min(bottom, height - top - 120), left: 28 };
}
