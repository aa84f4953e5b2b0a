/** Modules that the build makes (see vite/). */
declare module "virtual:map-worker" {
  /** Where the map's worker lies. */
  const address: string;
  export default address;
}
