/** Keeps the address in step with the page, so that links, reload and Back do what one expects. */
import type { State, Store } from "./store";
import { readUrl, writeUrl } from "./url";

const addressOf = (state: Readonly<State>): string => {
  // A link sent from the walk should open on the walk, not on a slope read before.
  const reading = state.tab === "slopes";
  return writeUrl({
    area: state.area.id,
    lang: state.lang,
    tab: state.tab,
    slope: reading ? state.selected : null,
    landmark: reading ? state.landmark : null,
    query: state.query,
    filters: state.filters,
    sort: state.sort,
    stops: state.stops,
    preset: state.preset,
    steps: state.steps,
  });
};

/** What was opened last; Back closes it again, as on any phone. */
const openOf = (state: Readonly<State>): string =>
  [state.area.id, state.tab, state.selected, state.landmark].join(" ");

export function keepAddress(store: Store): void {
  let open = openOf(store.now);
  const write = (state: Readonly<State>): void => {
    const opened = openOf(state);
    const address = `${location.pathname}${addressOf(state)}`;
    const change = opened === open ? "replaceState" : "pushState";
    open = opened;
    if (address !== `${location.pathname}${location.search}`) history[change](null, "", address);
  };
  store.draw(["lang", "area", "tab", "selected", "landmark", "query", "filters", "sort"], write);
  store.watch(["stops", "preset", "steps"], write);

  window.addEventListener("popstate", () => {
    const url = readUrl(location.search);
    // Going back over a change of town would have to load it again: reloading does just that.
    if (url.area !== null && url.area !== store.now.area.id) {
      location.reload();
      return;
    }
    const change = { tab: url.tab ?? "slopes", selected: url.slope, landmark: url.landmark };
    open = openOf({ ...store.now, ...change });
    store.set(change);
  });
}
