import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "@playwright/test";
import { build, type PreviewServer, preview } from "vite";
import type { FrameBenchmark } from "../e2e/support/frameBenchmark.ts";
import type { AnyBenchmark } from "../src/testing/benchmark.ts";
import { buildPage, bundle } from "./bundle.mjs";

interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: string;
  readonly ratio: number;
}

const help = `npm run bench [-- --filter NAME] [-- --json]

Measures the speed of the workbench against named baselines in the same run: numerics in Node, the page in a browser.
Ends with 1 where a benchmark misses the bound that it declares.`;

const { values } = parseArgs({
  options: { filter: { type: "string", default: "" }, json: { type: "boolean" }, help: { type: "boolean" } },
});

const wanted = (name: string) => name.toLowerCase().includes(values.filter.toLowerCase());
const missed: string[] = [];

function report(line: Line, bound: string | null): void {
  if (values.json) console.log(JSON.stringify(line));
  else
    console.log(
      `${line.name.padEnd(58)} ${format(line.value).padStart(10)} ${line.unit.padEnd(14)} ×${line.ratio.toFixed(2)} of ${line.baseline}`,
    );
  if (bound !== null) missed.push(bound);
}

const format = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

async function numericBenchmarks(): Promise<void> {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".bench.ts"))
    .map((file) => join("src", file))
    .sort();
  for (const file of files) {
    const program = await bundle(file, file.replaceAll(/[^\w]/g, "_"));
    const { benchmarks } = (await import(pathToFileURL(program).href)) as {
      benchmarks: readonly AnyBenchmark[];
    };
    for (const benchmark of benchmarks) {
      if (!wanted(benchmark.name)) continue;
      const { value, ratio } = await measured(benchmark);
      const { name, unit, baseline, atLeastRatio } = benchmark;
      const short = atLeastRatio !== undefined && ratio < atLeastRatio;
      report(
        { name, value, unit, baseline, ratio },
        short ? `${name}: ×${ratio.toFixed(2)} where ×${atLeastRatio} is promised` : null,
      );
    }
  }
}

async function measured(benchmark: AnyBenchmark): Promise<Pick<Line, "value" | "ratio">> {
  if ("measureBoth" in benchmark) {
    const { value, against } = await benchmark.measureBoth();
    // What cannot be done at all is infinitely slower.
    return { value, ratio: against === null ? Number.POSITIVE_INFINITY : value / against };
  }
  // The baseline runs before and after, so that a machine that slows down meanwhile does not flatter either.
  const before = await benchmark.measureBaseline();
  const value = await benchmark.measure();
  const against = (before + (await benchmark.measureBaseline())) / 2;
  return { value, ratio: benchmark.better === "higher" ? value / against : against / value };
}

async function pageBenchmarks(): Promise<void> {
  const { frameBenchmarks } = await import("../e2e/support/frameBenchmark.ts");
  const { importBenchmark } = await import("../e2e/support/importBenchmark.ts");
  const { libraryBenchmark } = await import("../e2e/support/libraryBenchmark.ts");
  const { trainingPageBenchmark } = await import("../e2e/support/trainingBenchmark.ts");
  const chosen = [...frameBenchmarks, libraryBenchmark, importBenchmark, trainingPageBenchmark].filter(
    ({ name }: FrameBenchmark) => wanted(name),
  );
  if (chosen.length === 0) return;
  let server: PreviewServer | null = null;
  let browser: Browser | null = null;
  try {
    await build({ logLevel: "error" });
    server = await preview({ logLevel: "error", preview: { port: 4198 } });
    const executablePath = process.env.CHROMIUM_PATH;
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ["--no-sandbox", "--disable-background-networking"],
    });
    for (const benchmark of chosen) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      for (const { name, value, unit, baseline, against, atMost } of await benchmark.measure(
        page,
        server.resolvedUrls?.local[0] ?? "http://127.0.0.1:4198/",
      )) {
        const ratio = against / value;
        report(
          { name, value, unit, baseline, ratio },
          value > atMost ? `${name}: ${format(value)} ${unit} where ${atMost} is promised` : null,
        );
      }
      await page.close();
    }
  } finally {
    await browser?.close();
    await server?.close();
  }
}

/** Networks trained on graphics backends, in a page of their own. */
async function graphicsBenchmarks(): Promise<void> {
  const { graphicsFigures } = await import("../e2e/support/trainingBenchmark.ts");
  // Building takes a while, and the names are known only in the page.
  const isAbout = /webg|training|memory|resnet|lstm|transformer|s4|gan|diff|vqvae/i.test(values.filter);
  if (values.filter !== "" && !isAbout) return;
  const outDir = await buildPage("bench.html");
  const server = await preview({
    configFile: false,
    logLevel: "error",
    build: { outDir },
    preview: { port: 4197 },
  });
  const executablePath = process.env.CHROMIUM_PATH;
  const flags = (process.env.CHROMIUM_FLAGS ?? "").split(/\s+/).filter((flag) => flag !== "");
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--enable-unsafe-webgpu", ...flags],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${server.resolvedUrls?.local[0] ?? "http://127.0.0.1:4197/"}bench.html`);
    await page.waitForFunction("window.trainingBench !== undefined");
    await graphicsFigures(page, wanted, ({ atLeastRatio, ...line }) => {
      const short = line.ratio < atLeastRatio;
      report(
        line,
        short ? `${line.name}: ×${line.ratio.toFixed(2)} where ×${atLeastRatio} is promised` : null,
      );
    });
  } finally {
    await browser.close();
    await server.close();
  }
}

if (values.help) {
  console.log(help);
} else {
  await numericBenchmarks();
  await graphicsBenchmarks();
  await pageBenchmarks();
  for (const line of missed) console.error(`Missed: ${line}`);
  process.exitCode = missed.length > 0 ? 1 : 0;
}
