import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Annotation } from "../domain/annotation.ts";
import { describeWithData } from "../testing/testData.ts";
import {
  type AnnotatedWave,
  markedBeats,
  waveAnnotations,
  wavesOf,
  wavesToAnnotations,
} from "./waveAnnotations.ts";
import { readAnnotations, writeAnnotations } from "./wfdb/annotations.ts";

/** `12( 20p 30)`: samples and mnemonics. */
function annotations(text: string): Annotation[] {
  return text.split(" ").map((part) => {
    const [, sample, symbol] = /^(\d+)(.+)$/.exec(part) ?? [];
    return { sample: Number(sample), symbol, subtype: 0, channel: 0, number: 0, text: "" };
  });
}

test("reads brackets with and without a T onset, and around a U wave", () => {
  const waves = wavesOf(
    annotations("0+ 10( 20p 30) 40( 50N 60) 90t 99) 105u 110) 140( 150V 160) 170( 190t 199)"),
  );
  const shortened = waves.map((wave) => [wave.kind, wave.symbol, wave.onset, wave.peak, wave.offset]);
  expect(shortened).toEqual([
    ["p", "p", 10, 20, 30],
    ["qrs", "N", 40, 50, 60],
    ["t", "t", null, 90, 99],
    ["qrs", "V", 140, 150, 160],
    ["t", "t", 170, 190, 199],
  ]);
  expect(markedBeats(waves).map(({ p, t }) => [p?.peak ?? null, t?.peak ?? null])).toEqual([
    [20, 90],
    [null, 190],
  ]);
});

test("tells the brackets of a P that runs into its complex", () => {
  expect(wavesOf(annotations("10( 20p 28( 30) 50N 60)"))).toMatchObject([
    { onset: 10, peak: 20, offset: 30 },
    { onset: 28, peak: 50, offset: 60 },
  ]);
});

test("waits for no bracket that is missing", () => {
  expect(wavesOf(annotations("50N 60( 70t"))).toMatchObject([
    { onset: null, peak: 50, offset: null },
    { onset: 60, peak: 70, offset: null },
  ]);
  expect(wavesOf([])).toEqual([]);
  expect(markedBeats(wavesOf(annotations("5t 20p 30p 50N 70t 80t")))).toMatchObject([
    { p: { peak: 30 }, qrs: { peak: 50 }, t: { peak: 70 } },
  ]);
});

test("what is written is read again, through the file format", () => {
  const gap = fc.integer({ min: 1, max: 2000 });
  const wave = fc.record({
    kind: fc.constantFrom("p", "qrs", "t"),
    gaps: fc.tuple(gap, gap, gap),
    hasOnset: fc.boolean(),
    hasOffset: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(wave, { maxLength: 30 }), (drawn) => {
      let at = 0;
      const waves = drawn.map(({ kind, gaps, hasOnset, hasOffset }): AnnotatedWave => {
        const [onset, peak, offset] = gaps.map((step) => {
          at += step;
          return at;
        });
        const symbol = kind === "qrs" ? "N" : kind;
        return { kind, symbol, onset: hasOnset ? onset : null, peak, offset: hasOffset ? offset : null };
      });
      const bytes = writeAnnotations(waveAnnotations(waves));
      expect(wavesOf(readAnnotations(bytes, "drawn.wav").annotations)).toEqual(waves);
    }),
  );
});

test("writes delineated beats with their own labels", () => {
  const wave = { onset: 9.6, peak: 20.2, offset: 30.4 };
  const beat = { rPeak: 50, p: wave, qrs: null, t: null, q: null, r: null, s: null };
  const written = wavesToAnnotations([beat, { ...beat, rPeak: 90, p: null }], ["V"]);
  expect(written.map(({ sample, symbol, number }) => `${sample}${symbol}${number}`)).toEqual([
    "10(0",
    "20p0",
    "30)0",
    "50V0",
    "90N0",
  ]);
});

describeWithData("annotations of cardiologists", (folder) => {
  const read = (...path: string[]) => {
    const bytes = new Uint8Array(readFileSync(join(folder, ...path)));
    return wavesOf(readAnnotations(bytes, path.at(-1) ?? "").annotations);
  };

  test("of LUDB, lead II of record 1", () => {
    // As the file lists them: 644 ( 662 N 682 ) 776 ( 843 t 878 ) 1250 ( 1278 p 1302 ) …
    expect(read("ludb", "data", "1.ii").slice(0, 3)).toMatchObject([
      { kind: "qrs", onset: 644, peak: 662, offset: 682 },
      { kind: "t", onset: 776, peak: 843, offset: 878 },
      { kind: "p", onset: 1250, peak: 1278, offset: 1302 },
    ]);
  });

  test("of the QT database, whose T waves may lack an onset", () => {
    const waves = read("qtdb", "sel100.q1c");
    expect(waves.slice(0, 3)).toMatchObject([
      { kind: "p", onset: 150272, peak: 150290, offset: 150297 },
      { kind: "qrs", onset: 150316, peak: 150330, offset: 150334 },
      { kind: "t", onset: null, peak: 150394, offset: 150419 },
    ]);
    expect(markedBeats(waves)).toHaveLength(30);
  });
});
