import type { Plugin } from "vite";
import en from "../src/strings/en.json" with { type: "json" };
import ja from "../src/strings/ja.json" with { type: "json" };

const COLOURS = { background_color: "#f4eee1", theme_color: "#f4eee1" };
const ICONS = [
  { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
  { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
  { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
  { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
];

/** What a phone needs to know to put the page on its home screen, in each language. */
export function webManifests(): Plugin {
  return {
    name: "web-manifests",
    apply: "build",
    generateBundle() {
      for (const [lang, words] of Object.entries({ ja, en })) {
        const manifest = {
          id: "/",
          name: words["app.title"],
          short_name: words["app.tagline"],
          description: words["app.description"],
          lang,
          dir: "ltr",
          start_url: `/?lang=${lang}`,
          scope: "/",
          display: "standalone",
          orientation: "any",
          categories: ["travel", "navigation"],
          ...COLOURS,
          icons: ICONS,
        };
        const source = `${JSON.stringify(manifest, null, 1)}\n`;
        this.emitFile({ type: "asset", fileName: `app-${lang}.webmanifest`, source });
      }
    },
  };
}
