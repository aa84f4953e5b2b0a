import { defineConfig } from "vite";
import { mapLibrary } from "./vite/map-library.ts";
import { serviceWorker } from "./vite/service-worker.ts";
import { webManifests } from "./vite/web-manifests.ts";
import { wordsInHtml } from "./vite/words-in-html.ts";

export default defineConfig({
  base: "/",
  plugins: [wordsInHtml(), webManifests(), mapLibrary(), serviceWorker()],
  build: {
    target: "es2022",
    // MapLibre and Swagger UI alone are past the default warning size; splitting would not make them smaller.
    chunkSizeWarningLimit: 1600,
    // Nothing inlined as data: addresses, so that a strict content security policy can hold.
    assetsInlineLimit: 0,
    // The service's own pages load the map of their features by this list.
    manifest: "scripts.json",
    rollupOptions: {
      input: ["index.html", "src/data-map/main.ts", "src/desk/main.ts", "src/docs/main.ts"],
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": process.env.HYAKUSAKA_API ?? "http://127.0.0.1:8000" },
  },
});
