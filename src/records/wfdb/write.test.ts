import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Annotation } from "../../domain/annotation.ts";
import { Failure } from "../../domain/failure.ts";
import type { Recording } from "../../domain/recording.ts";
import { mnemonics } from "./annotationCodes.ts";
import { readAnnotations, writeAnnotations } from "./annotations.ts";
import { readRecord } from "./record.ts";
import { writeRecord } from "./write.ts";

const symbols = mnemonics.filter((symbol) => symbol.trim() !== "");
const annotation: fc.Arbitrary<Annotation> = fc.record({
  sample: fc.oneof(fc.nat(5000), fc.nat(2 ** 30)),
  symbol: fc.constantFrom(...symbols),
  subtype: fc.integer({ min: -128, max: 127 }),
  channel: fc.integer({ min: 0, max: 255 }),
  number: fc.integer({ min: -128, max: 127 }),
  text: fc.string({ maxLength: 40 }).map((text) => text.replaceAll("\0", "").replace(/^## time.*/, "")),
});

const inOrder = (list: readonly Annotation[]) => [...list].sort((one, other) => one.sample - other.sample);

describe("annotations", () => {
  test("are read as they were written", () => {
    fc.assert(
      fc.property(fc.array(annotation, { maxLength: 60 }), (list) => {
        const written = inOrder(list);
        expect(readAnnotations(writeAnnotations(written), "x.atr").annotations).toEqual(written);
      }),
      { seed: 21, numRuns: 400 },
    );
  });

  test("an interval over 1023 samples takes the long form", () => {
    const far = [{ sample: 70_000, symbol: "N", subtype: 0, channel: 0, number: 0, text: "" }];
    // SKIP (59 << 10), then the interval with its high word first, then N with an interval of 0, then the end.
    expect([...writeAnnotations(far)]).toEqual([0, 59 << 2, 1, 0, 0x70, 0x11, 0, 1 << 2, 0, 0]);
  });

  test("what cannot be written is refused", () => {
    const base = { sample: 5, symbol: "N", subtype: 0, channel: 0, number: 0, text: "" };
    for (const list of [
      [{ ...base, symbol: "€" }],
      [base, { ...base, sample: 1 }],
      [{ ...base, text: "x".repeat(256) }],
    ]) {
      expect(() => writeAnnotations(list)).toThrow(Failure);
    }
  });
});

describe("records", () => {
  const recordingOf = (leads: readonly Float32Array[], annotations: readonly Annotation[]): Recording => ({
    name: "made_1",
    samplingFrequency: 360,
    length: leads[0].length,
    leads: leads.map((samples, index) => ({
      name: `lead ${index}`,
      unit: "mV",
      samplingFrequency: 360,
      samples,
    })),
    annotations,
    comments: ["Synthetic"],
    warnings: [],
    origin: { kind: "file", fileNames: [], hash: "" },
  });

  test("come back within half a step, with their gaps, names and annotations", () => {
    const value = fc.oneof(
      { weight: 20, arbitrary: fc.float({ min: -40, max: 40, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const leads = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 4 }))
      .chain(([length, count]) =>
        fc.array(
          fc.array(value, { minLength: length, maxLength: length }).map((list) => Float32Array.from(list)),
          { minLength: count, maxLength: count },
        ),
      );
    fc.assert(
      fc.property(leads, fc.array(annotation, { maxLength: 5 }), (signals, list) => {
        const recording = recordingOf(signals, inOrder(list));
        const files = new Map(writeRecord(recording).map(({ name, bytes }) => [name, bytes]));
        const back = readRecord("made_1", files, "");
        expect(back.warnings).toEqual([]);
        expect(back.annotations).toEqual(recording.annotations);
        expect(back.comments).toEqual(["Synthetic"]);
        signals.forEach((samples, lead) => {
          expect(back.leads[lead].name).toBe(`lead ${lead}`);
          const highest = Math.max(0, ...[...samples].filter(Number.isFinite).map(Math.abs));
          const step = Math.max(1 / 1000, highest / 30_000);
          samples.forEach((sample, index) => {
            if (Number.isNaN(sample)) expect(back.leads[lead].samples[index]).toBeNaN();
            else expect(Math.abs(back.leads[lead].samples[index] - sample)).toBeLessThan(0.6 * step + 1e-6);
          });
        });
      }),
      { seed: 22, numRuns: 200 },
    );
  });

  test("a name that WFDB does not allow is refused", () => {
    const recording = { ...recordingOf([new Float32Array(3)], []), name: "../evil name" };
    expect(() => writeRecord(recording)).toThrow(Failure);
  });
});
