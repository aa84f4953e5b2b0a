import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { build, type Plugin, type Rolldown } from "vite";

const ENTRY = "src/worker/main.ts";

/**
 * Builds the service worker as `/sw.js`, a script of its own in the old form that every browser
 * takes, once it is known which files make up the page.
 */
export function serviceWorker(): Plugin {
  let files: string[] = [];
  let version = "";
  return {
    name: "service-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        files = ["/", ...partsOf(bundle), ...besideThePage()];
        version = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 12);
      },
    },
    async writeBundle(options) {
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        define: { PAGE_VERSION: JSON.stringify(version), PAGE_FILES: JSON.stringify(files) },
        build: {
          target: "es2022",
          outDir: options.dir ?? "dist",
          emptyOutDir: false,
          rollupOptions: { input: ENTRY, output: { format: "iife", entryFileNames: "sw.js" } },
        },
      });
    },
  };
}

/** Every script and style that the page loads, at once or later; not those of other pages. */
function partsOf(bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
  const roots = chunks.filter(
    (chunk) => chunk.facadeModuleId?.endsWith("index.html") || chunk.name === "map-worker",
  );
  const seen = new Set<string>();
  const visit = (fileName: string): void => {
    const part = bundle[fileName];
    if (seen.has(fileName) || part?.type !== "chunk") return;
    seen.add(fileName);
    for (const style of part.viteMetadata?.importedCss ?? []) seen.add(style);
    for (const next of [...part.imports, ...part.dynamicImports]) visit(next);
  };
  for (const root of roots) visit(root.fileName);
  return [...seen].sort().map((name) => `/${name}`);
}

const besideThePage = (): string[] =>
  readdirSync("public")
    .sort()
    .map((name) => `/${name}`);
