/** The names under which this device keeps things; the page and its service worker agree on them. */

/** Caches of the page's own files, one for each version of it. */
export const SHELL = "hyakusaka-page-";
/** Caches of towns that were taken along, one for each build of a town. */
export const TOWN = "hyakusaka-town-";
/** What was seen lately, kept in case the connection goes. */
export const RECENT = "hyakusaka-recent";

export const townCache = (area: string, build: string): string => `${TOWN}${area}-${build}`;

/** Where, within its cache, a town notes what was taken. It is written last: without it, no town. */
export const NOTE = "/offline/note.json";

/** On replies that came from this device because the service could not be reached. */
export const KEPT_HEADER = "x-hyakusaka-kept";
