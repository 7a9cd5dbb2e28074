import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../domain/failure.ts";
import { readEdf } from "./edf.ts";

/** Bytes that `python3 src/testing/fixtures/edf.py` printed: two signals in two data records of half a second. */
const fixture = (base64: string) => new Uint8Array(inflateSync(Buffer.from(base64, "base64")));
const plain = fixture(
  "eNozUICACCikFgguSSwqSUksSaWSyQZGegbGekYmhgZ6hoZ6hkbmZhYkm2EEM0vPFM53dXZX8PREqAlKLS5QSM5ILS" +
    "6B8B3THdOdcxRSc1KTS4ryU1IpDRdqm1cahsrXNQYGjZ6FgqEBhA/mmgPFoQJgeQsw3wAmD5RWgHIVPAKsDPQMTD2q" +
    "qJQOqG2eCZQ2pJJ5DAyMDP//pzDM+f+/nqGBlYGNwYgBAAcQfPE=",
);
const plus = fixture(
  "eNrNU01LxDAQHQ/6C+J97suGJG1N8Vbqxy54kF0Qr7VNu4WlkSRevOgPEfwx/rDatFXXgyBYZF8OL/Py5h2GDMMBt+" +
    "OZCmuXGVdkTk2UzARlARUhZ5RzygVnIvT6+dnFLP1lxpyPWTTqOfD96SUul1+elbL3mG+UdUPd5WPSNNplrtaNxaRK" +
    "qnSLaqtyZ3Sh/jqnfc97uPlhloGQJzRGzr7Ptpelr4cHvuuPe53t1p6k9w3yZ724PmWURYvHif7jvueFI3/MSwj8Fw" +
    "AcQNsW8NLOGBURITDwSuXaFHVTofWbbMlVXW2cRV2WBKB9gudDOALh3XLsimV03K0WWTuTvb0qAvOA3KlSm+7a4x3W" +
    "Nr1Y",
);
const discontinuous = fixture(
  "eNrNUsuKwkAQ7D3oF+QD5h4cuifJRrwFsxpvoiBegxl1QZIlmb3sRT/Ef42ZTHyAHoQNYvWhqOqaOjSDzGDZTFuYqz" +
    "hXSaxkS80oODpcuISciJMgFK72v8KRHT7ZIc5d3KvZ0e+HYzaZXDMzWfyw1VYWyuiqnwVpmqlYfWdpwYJNsBnumNzJ" +
    "lcqzRP73Tu/e97t47Pcc4X/yPiNsNBmubV9rs6DbfL/28VZr8nXO2BcdTQfI0Yv+WvqP797nNny+FxF7CQA+oCwTOJ" +
    "Y2WhbcodzDoQNdEGATF14Vqdiz4rWSuY6fAO0arAI=",
);

const read = (bytes: Uint8Array) => readEdf(bytes, "folder/night.edf", "hash");
const failureOf = (bytes: Uint8Array): Failure => {
  try {
    read(bytes);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};
/** The bytes with some ASCII at an offset. */
function changed(bytes: Uint8Array, offset: number, text: string): Uint8Array {
  const copy = bytes.slice();
  copy.set(new TextEncoder().encode(text), offset);
  return copy;
}

describe("plain EDF", () => {
  test("gives signals at their own frequencies, voltages in mV", () => {
    const recording = read(plain);
    expect(recording).toMatchObject({
      name: "night",
      samplingFrequency: 8,
      length: 8,
      annotations: [],
      warnings: [],
      comments: ["Patient: X X X X", "Recording: Startdate X X X X", "Start: 02.03.24 10.11.12"],
      origin: { kind: "file", fileNames: ["folder/night.edf"], hash: "hash" },
    });
    // -32768 to 32767 stand for -3276.8 to 3276.7 uV: a tenth of a microvolt a step.
    const steps = [0, 1, -1, 100, 32767, -32768, 5, 6];
    expect(recording.leads[0]).toMatchObject({ name: "II", unit: "mV", samplingFrequency: 8 });
    steps.forEach((step, index) => {
      expect(recording.leads[0].samples[index]).toBeCloseTo(step * 1e-4, 6);
    });
    // -100 to 100 stand for 10 to -10.
    expect(recording.leads[1]).toEqual({
      name: "Resp chest",
      unit: "",
      samplingFrequency: 2,
      samples: Float32Array.from([10, -5]),
    });
  });

  test("says when bytes are left over, and opens", () => {
    const longer = new Uint8Array(plain.length + 3);
    longer.set(plain);
    expect(read(longer).warnings.map(({ code }) => code)).toEqual(["signal-surplus"]);
  });
});

describe("EDF+", () => {
  test("gives the annotations as notes, counted from the first sample", () => {
    const recording = read(plus);
    expect(recording.length).toBe(8);
    expect(recording.leads.map(({ name }) => name)).toEqual(["II", "Resp chest"]);
    const note = { symbol: '"', subtype: 0, channel: 0, number: 0 };
    expect(recording.annotations).toEqual([
      { ...note, sample: 0, text: "Recording starts" },
      { ...note, sample: 0, text: "Lights off" },
      { ...note, sample: 5, text: "Straße (0.5 s)" },
    ]);
    expect(recording.warnings.map(({ code, message }) => [code, message])).toEqual([
      ["edf-annotation", "1 of its annotations lie outside the record and were left out."],
    ]);
  });

  test("of unknown length has as many data records as the file holds", () => {
    expect(read(plus.subarray(0, plus.length - 1)).length).toBe(4);
  });

  test("leaves the gaps of a discontinuous file without samples", () => {
    const recording = read(discontinuous);
    expect(recording.length).toBe(14);
    const [ecg, breath] = recording.leads.map(({ samples }) =>
      Array.from(samples, (value) => !Number.isNaN(value)),
    );
    expect(ecg.map(Number)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect(breath.map(Number)).toEqual([1, 0, 0, 1]);
    expect(recording.annotations).toMatchObject([{ sample: 12, text: "after" }]);
  });

  test("that calls itself continuous and leaps is told so", () => {
    const leaping = read(changed(discontinuous, 192, "EDF+C"));
    expect(leaping.length).toBe(8);
    expect(leaping.warnings.map(({ code }) => code)).toContain("edf-time");
  });
});

describe("what is refused", () => {
  const lastRecord = discontinuous.length - 32;
  test.each([
    ["another file", changed(plain, 0, "RIFF"), "edf-header", "byte 0"],
    [
      "BDF",
      Uint8Array.from([255, ...new TextEncoder().encode("BIOSEMI"), ...plain.subarray(8)]),
      "unsupported-format",
      "night.edf",
    ],
    ["a cut header", plain.subarray(0, 700), "edf-header", "byte 184"],
    ["a cut data record", plain.subarray(0, plain.length - 1), "signal-truncated", "night.edf"],
    ["a decimal comma", changed(plain, 244, "0,5"), "edf-header", "byte 244"],
    ["no duration", changed(plain, 244, "0  "), "edf-header", "byte 244"],
    ["a wrong count of signals", changed(plain, 252, "3"), "edf-header", "byte 184"],
    ["digital limits that span nothing", changed(plain, 256 + 2 * 120, "32767   "), "edf-header", "byte 464"],
    ["no data records", changed(plain, 236, "0"), "no-signals", "night.edf"],
    ["a time that is none", changed(discontinuous, lastRecord + 10, "x"), "edf-annotation", "data record 2"],
    [
      "a data record without time",
      changed(discontinuous, lastRecord + 10, "\0".repeat(22)),
      "edf-time",
      "data record 2",
    ],
    [
      "overlapping data records",
      changed(discontinuous, lastRecord + 10, "+0.2 "),
      "edf-annotation",
      "data record 2",
    ],
    [
      "data records in disorder",
      changed(discontinuous, lastRecord + 10, "+0.25"),
      "edf-time",
      "data record 2",
    ],
    [
      "a gap of a year",
      changed(discontinuous, lastRecord + 10, `+99999999\x14\x14${"\0".repeat(10)}`),
      "record-too-long",
      "night.edf",
    ],
  ])("%s", (_, bytes, code, place) => {
    const failure = failureOf(bytes);
    expect([failure.code, failure.place]).toEqual([code, expect.stringContaining(place)]);
    expect(failure.remedy).not.toBe("");
  });
});

test("any change of some bytes gives a sound recording or a Failure", () => {
  const edits = fc.array(fc.tuple(fc.nat(1200), fc.oneof(fc.nat(255), fc.constantFrom(32, 45, 46, 48, 57))), {
    maxLength: 8,
  });
  const file = fc.oneof(fc.constantFrom(plain, plus, discontinuous), fc.uint8Array({ maxLength: 600 }));
  fc.assert(
    fc.property(file, edits, fc.nat(1200), (bytes, changes, length) => {
      const copy = bytes.slice(0, length > 1100 ? bytes.length : length);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      const start = performance.now();
      try {
        const { leads, samplingFrequency, ...recording } = read(copy);
        expect(samplingFrequency).toBeGreaterThan(0);
        for (const lead of leads) {
          expect(lead.samples).toHaveLength(
            Math.round((recording.length * lead.samplingFrequency) / samplingFrequency),
          );
          expect(lead.samples.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
      expect(performance.now() - start).toBeLessThan(2000);
    }),
    { numRuns: 2000 },
  );
});
