// Builds what the browser gets: build/app.css, build/app.js and the font. Fixed names; whitenoise hashes them later.
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import safelist from "./safelist.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../tumbuh/web/static/build");
const FONT = "node_modules/@fontsource-variable/plus-jakarta-sans";

// Every file in css/ and js/ is taken, in the order of its name: 10-tokens.css before 20-frame.css.
async function entry(folder, ending, lines) {
  const files = (await readdir(join(here, folder))).filter((name) => name.endsWith(ending)).sort();
  return [...lines, ...files.map((name) => `@@ "./${folder}/${name}";`)];
}

async function bundle(lines, keyword, loader) {
  const result = await build({
    stdin: { contents: lines.join("\n").replaceAll("@@", keyword), resolveDir: here, loader },
    bundle: true, minify: true, write: false, target: ["chrome90", "firefox91", "safari15"],
    external: ["*.woff2"], legalComments: "none", format: "iife",
  });
  return result.outputFiles[0].text;
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const styles = await bundle(await entry("css", ".css", ['@import "@tabler/core/dist/css/tabler.css";']), "@import", "css");
const [purged] = await new PurgeCSS().purge({
  content: [join(here, "../tumbuh/web/**/*.html"), join(here, "../tumbuh/web/**/*.py"), join(here, "js/*.js")],
  css: [{ raw: styles }],
  safelist, variables: true, keyframes: true,
  defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
});
const script = await bundle(await entry("js", ".js", []), "import", "js");
await writeFile(join(out, "app.css"), purged.css);
await writeFile(join(out, "app.js"), script);
await copyFile(join(here, FONT, "files/plus-jakarta-sans-latin-wght-normal.woff2"), join(out, "plus-jakarta-sans.woff2"));
await copyFile(join(here, FONT, "LICENSE"), join(out, "plus-jakarta-sans.LICENSE.txt"));
