import { parseSync } from "oxc-parser";

/** What a folder of `src` may import at run time; type imports may cross any border. */
export interface Ring {
  readonly folders: readonly string[];
  /** Packages by the start of their names. */
  readonly packages: readonly string[];
}

const pure = ["domain"];
const belowNeural = ["domain", "signal", "simulators", "records", "evaluation"];
const belowServices = [
  ...belowNeural,
  "neural",
  "generators",
  "classifiers",
  "experiments",
  "storage",
  "boundary",
];

/** The table of rings: a folder may always import itself. */
export const rings: Readonly<Record<string, Ring>> = {
  domain: { folders: [], packages: [] },
  signal: { folders: pure, packages: ["fft.js"] },
  simulators: { folders: ["domain", "signal"], packages: [] },
  records: { folders: ["domain", "signal"], packages: ["@zip.js/zip.js", "fflate", "papaparse"] },
  evaluation: { folders: ["domain", "signal"], packages: [] },
  neural: { folders: ["domain", "signal"], packages: ["@tensorflow/"] },
  generators: { folders: ["domain", "signal", "simulators", "neural"], packages: ["@tensorflow/"] },
  classifiers: { folders: ["domain", "signal", "simulators", "neural"], packages: ["@tensorflow/"] },
  experiments: { folders: [...belowNeural, "neural", "generators", "classifiers"], packages: [] },
  storage: { folders: pure, packages: ["dexie"] },
  boundary: { folders: pure, packages: ["comlink"] },
  services: { folders: belowServices, packages: [] },
  commandLine: { folders: [...belowServices, "services"], packages: ["node:", "@playwright/test"] },
  verification: { folders: [...belowServices, "services", "commandLine"], packages: ["node:"] },
  workbench: {
    folders: ["domain", "boundary", "storage", "signal", "evaluation"],
    packages: [
      "react",
      "react-dom",
      "plotly.js",
      "zustand",
      "@mantine/",
      "@tabler/",
      "@tanstack/",
      "dexie-react-hooks",
    ],
  },
};

/** Folders whose code must run anywhere: no document, no window. */
export const pureFolders = ["domain", "signal", "simulators", "records", "evaluation"];

/** One import that is there at run time. */
export interface RunTimeImport {
  readonly source: string;
  readonly line: number;
}

/** Run-time imports of a source text, `import()` and `export … from` among them; type-only ones are left out. */
export function runTimeImports(fileName: string, text: string): RunTimeImport[] {
  const { module } = parseSync(fileName, text);
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  const found: RunTimeImport[] = [];
  for (const statement of module.staticImports) {
    const typesOnly = statement.entries.length > 0 && statement.entries.every((entry) => entry.isType);
    // `import type {}` and `import {}` look alike without entries: the text tells.
    const isType = typesOnly || /^import\s+type\b/.test(text.slice(statement.start, statement.end));
    if (!isType) found.push({ source: statement.moduleRequest.value, line: lineOf(statement.start) });
  }
  for (const statement of module.staticExports) {
    for (const entry of statement.entries) {
      if (entry.moduleRequest !== null && entry.moduleRequest !== undefined && !entry.isType) {
        found.push({ source: entry.moduleRequest.value, line: lineOf(statement.start) });
      }
    }
  }
  for (const dynamic of module.dynamicImports) {
    const written = text.slice(dynamic.moduleRequest.start, dynamic.moduleRequest.end);
    found.push({ source: written.replace(/^["'`]|["'`]$/g, ""), line: lineOf(dynamic.start) });
  }
  return found;
}

/**
 * What in a file breaks the table of rings.
 * @param path inside `src`, with `/`: `signal/fft.ts`
 */
export function brokenRules(path: string, text: string): string[] {
  const [folder] = path.split("/");
  const ring = rings[folder];
  if (ring === undefined) return [`${path}: the folder ${folder} stands in no ring`];
  const broken: string[] = [];
  for (const { source, line } of runTimeImports(path, text)) {
    const problem = source.startsWith(".") ? brokenFolder(path, source, ring) : brokenPackage(source, ring);
    if (problem !== null) broken.push(`${path}:${line}: ${problem}`);
  }
  if (pureFolders.includes(folder)) {
    const dom = /(?<![.\w])(document|window)\s*[.[]/.exec(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""));
    // A parameter or constant may bear the name: a window of samples is the field's own word.
    const isLocal =
      dom !== null &&
      new RegExp(`(?:const|let)\\s+[{[]?[^=;]*\\b${dom[1]}\\b|[(,{]\\s*${dom[1]}\\s*[:,)}]`).test(text);
    if (dom !== null && !isLocal) broken.push(`${path}: uses ${dom[1]}`);
  }
  return broken;
}

function brokenFolder(path: string, source: string, ring: Ring): string | null {
  const parts = path.split("/").slice(0, -1);
  for (const step of source.split("/")) {
    if (step === "..") {
      if (parts.length === 0)
        return source.endsWith("package.json") && path === "domain/version.ts"
          ? null
          : `imports ${source} from outside src`;
      parts.pop();
    } else if (step !== ".") parts.push(step);
  }
  const [own] = path.split("/");
  return parts[0] === own || ring.folders.includes(parts[0]) ? null : `${own} may not import ${parts[0]}`;
}

function brokenPackage(source: string, ring: Ring): string | null {
  const allowed = ring.packages.some(
    (name) =>
      source === name ||
      source.startsWith(name.endsWith("/") || name.endsWith(":") ? name : `${name}/`) ||
      (name === "plotly.js" && source.startsWith(name)),
  );
  return allowed ? null : `may not import the package ${source}`;
}
