import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { proofs } from "./index.ts";
import { percent, spread, table } from "./markdown.ts";

describe.each(Object.keys(proofs))("the proof %s", (name) => {
  test("loads, and its document tells the command that made it", async () => {
    const { title } = await proofs[name]();
    const path = join("docs", `${name}.md`);
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path, "utf8");
    expect(text.startsWith(`# ${title}\n\nMade by \`npm run verify -- ${name}\`.`)).toBe(true);
    expect(text).not.toContain(process.cwd());
  });
});

test("a table", () => {
  expect(table(["a", "b"], [[1, "x"]])).toBe("| a | b |\n| --- | --- |\n| 1 | x |");
});

test("numbers in words", () => {
  expect(percent(0.99934)).toBe("99.93");
  expect(percent(null)).toBe("–");
  expect(spread({ mean: -0.04, standardDeviation: 1.26 })).toBe("0.0 ± 1.3");
  expect(spread(null)).toBe("–");
});
