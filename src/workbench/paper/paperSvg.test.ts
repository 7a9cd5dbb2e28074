import { describe, expect, test } from "vitest";
import { withResolution } from "./paperPng.ts";
import { stripSvg } from "./paperSvg.ts";

const strip = {
  trace: {
    samples: Float32Array.from({ length: 1000 }, (_, index) =>
      index === 500 ? 1 : index === 700 ? Number.NaN : 0,
    ),
    samplingFrequency: 500,
    unit: "mV",
  },
  height: { middle: 0, millimetres: 40 },
  marks: [{ time: 1, symbol: "V" }],
  speed: 25,
  gain: 10,
  title: 'II · SYNTHETIC <"&">',
};

describe("stripSvg", () => {
  const svg = stripSvg(strip);

  test("one second is 25 mm and one millivolt 10 mm, in millimetres of the paper", () => {
    const points = [
      ...(/class="trace" d="([^"]+)"/.exec(svg)?.[1].matchAll(/([ML])([\d.]+) ([\d.]+)/g) ?? []),
    ];
    expect(points).toHaveLength(999);
    const at = (index: number) => points[index].slice(2).map(Number);
    expect(at(500)[0] - at(0)[0]).toBeCloseTo(25, 9);
    expect(at(499)[1] - at(500)[1]).toBeCloseTo(10, 9);
    expect(svg).toMatch(/^<svg [^>]*width="67mm" height="40mm" viewBox="0 0 67 40">/);
  });

  test("a missing sample lifts the pen", () => {
    const commands = [...(/class="trace" d="([^"]+)"/.exec(svg)?.[1].matchAll(/[ML]/g) ?? [])].map(
      ([letter]) => letter,
    );
    expect(commands.filter((letter) => letter === "M")).toHaveLength(2);
    expect(commands[700]).toBe("M");
  });

  test("the grid has a line every millimetre and a coarse one every five", () => {
    const lines = (name: string) =>
      [.../class="(fine|coarse)" d="([^"]+)"/g[Symbol.matchAll](svg)]
        .filter(([, found]) => found === name)[0][2]
        .match(/V/g)?.length;
    expect(lines("fine")).toBe(68);
    expect(lines("coarse")).toBe(14);
  });

  test("titles and marks are text, never markup", () => {
    expect(svg).toContain("II · SYNTHETIC &lt;&quot;&amp;&quot;&gt;");
    expect(svg).toContain(">V</text>");
    expect(svg).not.toContain('<"');
  });
});

test("a PNG is given its resolution with a sound checksum", () => {
  const png = new Uint8Array(60);
  const stated = withResolution(png, 11811.02);
  const view = new DataView(stated.buffer);
  expect(stated).toHaveLength(81);
  expect(view.getUint32(33)).toBe(9);
  expect(view.getUint32(41)).toBe(11811);
  expect(stated[49]).toBe(1);
  // CRC-32 of "pHYs" 00002e23 00002e23 01, as any zlib gives it (python3 -c "import zlib; …").
  expect(view.getUint32(50)).toBe(0x78a53f76);
});
