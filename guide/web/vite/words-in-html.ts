import type { Plugin } from "vite";
import en from "../src/strings/en.json" with { type: "json" };
import ja from "../src/strings/ja.json" with { type: "json" };

/** The few words a browser shows before any script runs come from the same string files. */
export function wordsInHtml(): Plugin {
  return {
    name: "words-in-html",
    transformIndexHtml: (html) =>
      html
        .replaceAll("%description%", `${ja["app.description"]} ${en["app.description"]}`)
        .replaceAll("%noscript.ja%", ja["app.noscript"])
        .replaceAll("%noscript.en%", en["app.noscript"]),
  };
}
