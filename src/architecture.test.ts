import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { brokenRules, rings, runTimeImports } from "./testing/importRules.ts";

const source = dirname(fileURLToPath(import.meta.url));
const longest = { code: 300, test: 500 } as const;

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((path) => path.split(sep).join("/"))
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"));
const textOf = (path: string) => readFileSync(join(source, path), "utf8");
const isTest = (path: string) => /\.(test|bench)\.tsx?$/.test(path) || path.startsWith("testing/");
const product = files.filter((path) => !isTest(path) && path.includes("/"));

describe("the import table", () => {
  test("holds for every file", () => {
    expect(product.flatMap((path) => brokenRules(path, textOf(path)))).toEqual([]);
  });

  test("knows every folder of src", () => {
    const folders = new Set(product.map((path) => path.split("/")[0]));
    expect([...folders].filter((folder) => rings[folder] === undefined)).toEqual([]);
  });

  test("no file imports itself by way of others", () => {
    const graph = new Map(product.map((path) => [path, relativeImports(path)]));
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]) => {
      const at = trail.indexOf(path);
      if (at >= 0) {
        cycles.push([...trail.slice(at), path].join(" → "));
        return;
      }
      if (done.has(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of product) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test("files stay short enough for one subject", () => {
    const tooLong = files
      .map((path) => ({
        path,
        lines: textOf(path).split("\n").length,
        limit: isTest(path) ? longest.test : longest.code,
      }))
      .filter(({ lines, limit }) => lines > limit)
      .map(({ path, lines }) => `${path}: ${lines} lines`);
    expect(tooLong).toEqual([]);
  });

  test("a worker only serves a service", () => {
    const workers = join(source, "..", "workers");
    for (const name of readdirSync(workers)) {
      const text = readFileSync(join(workers, name), "utf8");
      expect(text.trim().split("\n").length).toBeLessThanOrEqual(4);
      expect(text).toMatch(/^serve\(\w+Service\);$/m);
    }
  });
});

describe("the checker itself", () => {
  test.each([
    ["signal/a.ts", 'import { b } from "../simulators/b.ts";', "signal may not import simulators"],
    ["signal/a.ts", 'import React from "react";', "may not import the package react"],
    ["records/a.ts", 'export { b } from "../storage/b.ts";', "records may not import storage"],
    [
      "workbench/a.tsx",
      'const b = await import("../generators/dcgan.ts");',
      "workbench may not import generators",
    ],
    ["services/a.ts", 'import fs from "node:fs";', "may not import the package node:fs"],
    ["simulators/a.ts", "const x = window.innerWidth;", "uses window"],
    ["nowhere/a.ts", "", "stands in no ring"],
  ])("finds what is wrong in %s: %s", (path, text, message) => {
    expect(brokenRules(path, text).join()).toContain(message);
  });

  test.each([
    ["signal/a.ts", 'import type { B } from "../simulators/b.ts";'],
    ["signal/a.ts", 'import { type B } from "../workbench/b.ts";'],
    [
      "workbench/places/a.tsx",
      'import { b } from "../../domain/b.ts"; import { Button } from "@mantine/core";',
    ],
    ["simulators/a/b.ts", 'import { c } from "../c.ts"; import { d } from "../../signal/d.ts";'],
    ["signal/a.ts", "// window.x is only mentioned here"],
  ])("lets pass what is right in %s: %s", (path, text) => {
    expect(brokenRules(path, text)).toEqual([]);
  });

  test("sees every kind of run-time import with its line", () => {
    const text =
      'import a from "a";\nexport * from "b";\nconst c = import("c");\nimport type { D } from "d";\n';
    expect(runTimeImports("x.ts", text)).toEqual([
      { source: "a", line: 1 },
      { source: "b", line: 2 },
      { source: "c", line: 3 },
    ]);
  });
});

function relativeImports(path: string): string[] {
  const folder = path.split("/").slice(0, -1);
  return runTimeImports(path, textOf(path))
    .filter(({ source: from }) => from.startsWith("."))
    .map(({ source: from }) => {
      const parts = [...folder];
      for (const step of from.split("/")) {
        if (step === "..") parts.pop();
        else if (step !== ".") parts.push(step);
      }
      return parts.join("/");
    });
}
