import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const SOURCE = join(
  dirname(createRequire(import.meta.url).resolve("maplibre-gl/package.json")),
  "src",
);
const WORKER = "virtual:map-worker";

/**
 * Builds MapLibre from the sources in its package instead of its two ready-made files.
 *
 * The map and its worker have most of their code in common, but the ready-made files each hold a
 * copy of it: 147 kB gzipped more than here, where both import one shared file. `virtual:map-worker`
 * is the address of the worker.
 */
export function mapLibrary(): Plugin {
  let worker: string | null = null;
  let building = false;
  return {
    name: "map-library",
    enforce: "pre",
    config: (_, { command }) => {
      building = command === "build";
      return {
        resolve: { alias: [{ find: /^maplibre-gl$/, replacement: join(SOURCE, "index.ts") }] },
        oxc: {
          // MapLibre's classes say what their parents hold; said as ECMAScript does, it would
          // be emptied. Its own compiler settings do the same.
          assumptions: { setPublicClassFields: true },
          typescript: { removeClassFieldsWithoutInitializer: true },
        },
      };
    },
    buildStart() {
      if (!building) return;
      const id = join(SOURCE, "source", "worker.ts");
      worker = this.emitFile({ type: "chunk", id, name: "map-worker" });
    },
    resolveId: (id) => (id === WORKER ? `\0${id}` : null),
    load(id) {
      if (id !== `\0${WORKER}`) return null;
      const address =
        worker === null
          ? JSON.stringify(`/@fs${join(SOURCE, "source", "worker.ts")}`)
          : `import.meta.ROLLUP_FILE_URL_${worker}`;
      return `export default ${address};`;
    },
  };
}
