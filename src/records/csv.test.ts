import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../domain/failure.ts";
import { createRandom } from "../signal/random.ts";
import { readCsv } from "./csv.ts";

const read = (text: string, options = {}) => readCsv(text, "folder/strip.csv", "hash", options);
const failureOf = (action: () => unknown): Failure => {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};
const numbers = (text: string, lead = 0, options = {}) => Array.from(read(text, options).leads[lead].samples);
const assumed = (text: string, options = {}) =>
  read(text, options).warnings.map(({ code, message }) => [code, message]);

/** Rows of a time column and a lead, the times printed with so many digits. */
function printed(frequency: number, length: number, digits: number, scale = 1): string {
  const rows = Array.from(
    { length },
    (_, index) => `${((index / frequency) * scale).toFixed(digits)},${(index % 7) / 10}`,
  );
  return `${scale === 1 ? "time_s" : "time (ms)"},II_mV\n${rows.join("\n")}\n`;
}

describe("what the page exports", () => {
  test.each([128, 250, 256, 257, 360, 500, 1000])("comes back identically at %i Hz", (samplingFrequency) => {
    const random = createRandom(samplingFrequency);
    const samples = Float32Array.from({ length: 2000 }, () => 3 * (random.uniform() - 0.5));
    // As src/workbench/places/synthesise/exports.ts writes it.
    const write = (values: Float32Array) =>
      [
        "# Synthetic electrocardiogram: gaussian, preset normal, rhythm sinus, seed 7",
        "time_s,II_mV",
        ...Array.from(
          values,
          (value, index) => `${(index / samplingFrequency).toFixed(6)},${value.toFixed(6)}`,
        ),
        "",
      ].join("\n");
    const recording = read(write(samples));
    expect(write(recording.leads[0].samples)).toBe(write(samples));
    expect(recording).toMatchObject({
      name: "strip",
      samplingFrequency,
      length: 2000,
      comments: ["Synthetic electrocardiogram: gaussian, preset normal, rhythm sinus, seed 7"],
      warnings: [],
      annotations: [],
      origin: { kind: "file", fileNames: ["folder/strip.csv"], hash: "hash" },
    });
    expect(recording.leads[0]).toMatchObject({ name: "II", unit: "mV", samplingFrequency });
  });

  test("keeps standard deviations as such", () => {
    expect(read("time_s,II_SD\n0,1\n0.01,-40\n").leads[0]).toMatchObject({ name: "II", unit: "SD" });
  });
});

describe("separators, decimal marks and units", () => {
  test("Python's csv.writer with semicolons and decimal commas", () => {
    const text =
      "Time [ms];I (uV);Puls, links [mmHg]\r\n0,0;-100,5;80,0\r\n2,5;-99,5;80,25\r\n5,0;-98,5;80,5\r\n7,5;-97,5;80,75\r\n";
    const recording = read(text);
    expect(recording.samplingFrequency).toBe(400);
    expect(recording.leads.map(({ name, unit }) => [name, unit])).toEqual([
      ["I", "mV"],
      ["Puls, links", "mmHg"],
    ]);
    expect(recording.leads[0].samples).toEqual(Float32Array.from([-0.1005, -0.0995, -0.0985, -0.0975]));
    expect(numbers(text, 1)).toEqual([80, 80.25, 80.5, 80.75]);
  });

  test("Python's csv.writer with commas quotes the names that hold one", () => {
    const text = 'Time [ms],I (uV),"Puls, links [mmHg]"\r\n0,-1.5,80\r\n2,-2.5,81\r\n';
    expect(read(text).leads.map(({ name }) => name)).toEqual(["I", "Puls, links"]);
  });

  test("numpy.savetxt with its names in a comment", () => {
    const text = `# time,II
0.000000000000000000e+00,0.000000000000000000e+00
3.891050583657587492e-03,1.549999999999999989e-01
7.782101167315174985e-03,3.062999999999999723e-01
1.167315175097276118e-02,4.502000000000000335e-01
`;
    expect(numbers(text, 1, { samplingFrequency: 257 })).toHaveLength(4);
    // The names are in a comment, so four rows are too few to be sure that the first column is the time.
    expect(failureOf(() => read(text)).code).toBe("frequency-needed");
  });

  test("tabs, UTF-16 as spreadsheets write it, and Latin-1", () => {
    const text = "t (s)\tII (µV)\n0\t500\n0.004\t250\n";
    const utf16 = new Uint8Array(
      new Uint16Array([0xfeff, ...[...text].map((each) => each.charCodeAt(0))]).buffer,
    );
    const latin = Uint8Array.from(text, (each) => each.charCodeAt(0));
    for (const bytes of [utf16, latin, new TextEncoder().encode(`\uFEFF${text}`)]) {
      const recording = readCsv(bytes, "a.txt", "");
      expect([recording.samplingFrequency, recording.leads[0].name, ...recording.leads[0].samples]).toEqual([
        250,
        "II",
        0.5,
        0.25,
      ]);
    }
  });

  test("the PhysioNet tools' table: names and units in single quotes, times of day", () => {
    const text =
      "'Elapsed time','MLII','V5'\n'hh:mm:ss.mmm','mV','mV'\n'0:00.000',-0.145,-0.065\n'0:00.003',-0.145,-\n'0:00.006',-0.15,0\n'0:00.008',0,0\n'0:00.011',0,0\n";
    const recording = read(text, { samplingFrequency: 360 });
    expect(recording.leads.map(({ name, unit }) => [name, unit])).toEqual([
      ["MLII", "mV"],
      ["V5", "mV"],
    ]);
    expect(numbers(text, 1, { samplingFrequency: 360 })).toEqual([Math.fround(-0.065), Number.NaN, 0, 0, 0]);
    expect(failureOf(() => read(text)).code).toBe("frequency-needed");
  });

  test("empty cells and their like are missing samples; empty lines are nothing", () => {
    expect(numbers("II (mV)\n1\n\nNaN\nn/a\n2\n", 0, { samplingFrequency: 100 })).toEqual([
      1,
      Number.NaN,
      Number.NaN,
      2,
    ]);
    expect(numbers("I (mV),II (mV)\n1,2\n,\n3,4\n", 1, { samplingFrequency: 100 })).toEqual([
      2,
      Number.NaN,
      4,
    ]);
  });

  test("a separator at the end of each row opens no lead", () => {
    expect(read("time_s;I_mV;II_mV;\n0;1;2;\n0,01;1;2;\n").leads).toHaveLength(2);
  });

  test("leads of one name stay apart", () => {
    expect(read("I_mV,I_mV\n1,2\n", { samplingFrequency: 1 }).leads.map(({ name }) => name)).toEqual([
      "I",
      "I (2)",
    ]);
  });
});

describe("the sampling frequency", () => {
  test.each([
    [360, 3600, 6, 1, 360],
    [360, 10_000, 3, 1, 360],
    [500, 5000, 3, 1, 500],
    [1000, 5000, 3, 1, 1000],
    [128, 1280, 3, 1, 128],
    [250, 2500, 0, 1000, 250],
    [1000 / 3, 3000, 6, 1, 333.333],
    [62.5, 600, 4, 1, 62.5],
  ])("%f Hz over %i samples, printed with %i digits", (frequency, length, digits, scale, found) => {
    expect(read(printed(frequency, length, digits, scale)).samplingFrequency).toBeCloseTo(found, 3);
    expect(
      read(printed(frequency, length, digits, scale), { samplingFrequency: frequency }).samplingFrequency,
    ).toBe(frequency);
  });

  test("a time without unit is s or ms, whichever an ECG can have", () => {
    const seconds = "time,II (mV)\n0,1\n0.004,1\n0.008,1\n";
    const milliseconds = "time,II (mV)\n0,1\n4,1\n8,1\n";
    expect(read(seconds).samplingFrequency).toBe(250);
    expect(read(milliseconds).samplingFrequency).toBe(250);
    expect(assumed(milliseconds)).toEqual([
      ["assumed", "Its time column was taken for ms, in which it makes a sampling frequency of 250 Hz."],
    ]);
    // In steps of 1 it may be ms at 1000 Hz, or a running number.
    expect(failureOf(() => read("time,II (mV)\n0,1\n1,1\n2,1\n")).code).toBe("frequency-needed");
    expect(failureOf(() => read("time (years),II (mV)\n0,1\n1,1\n2,1\n")).code).toBe("csv-columns");
  });

  test("running numbers need it to be given, by their name or as pandas writes them", () => {
    for (const name of ["'sample #'", "sample", "index", ""]) {
      const text = `${name},II (mV)\n0,1\n1,2\n2,3\n`;
      expect(failureOf(() => read(text)).code).toBe("frequency-needed");
      const recording = read(text, { samplingFrequency: 360 });
      expect([recording.samplingFrequency, recording.leads.length]).toEqual([360, 1]);
    }
    const text = ",time_s,II_mV\n0,0.00,1\n1,0.01,2\n2,0.02,1\n";
    expect(read(text)).toMatchObject({ samplingFrequency: 100, leads: [{ name: "II" }] });
  });

  test("a first column without a name that counts on is the time", () => {
    const text = Array.from({ length: 20 }, (_, index) => `${index / 500};0,${index % 3}`.replace(".", ","));
    const recording = read(text.join("\n"));
    expect(recording).toMatchObject({ samplingFrequency: 500, leads: [{ name: "column 2", unit: "mV" }] });
    expect(recording.warnings).toHaveLength(2);
  });

  test.each([
    ["a missing row", "time_s,II_mV\n0,1\n0.010,1\n0.020,1\n0.040,1\n0.050,1\n", "csv-time", "line 5"],
    ["a time that goes back", "time_s,II_mV\n0,1\n0.01,1\n0.005,1\n", "csv-time", "line 4"],
    ["a missing time", "# x\ntime_s,II_mV\n0,1\n\n,1\n0.01,1\n", "csv-time", "line 5"],
    ["a missing number", "sample,II_mV\n0,1\n1,1\n3,1\n", "csv-time", "line 4"],
    ["too few digits", "time_s,II_mV\n0,1\n0,1\n1,1\n1,1\n2,1\n", "frequency-needed", "strip.csv"],
    ["no time", "I (mV),II (mV)\n0,1\n0,1\n", "frequency-needed", "strip.csv"],
    ["one row", "time_s,II_mV\n0,1\n", "frequency-needed", "strip.csv"],
  ])("%s is refused", (_, text, code, place) => {
    const failure = failureOf(() => read(text));
    expect([failure.code, failure.place]).toEqual([code, expect.stringContaining(place)]);
  });

  test("a long column with one row missing is refused, whatever its digits", () => {
    for (const digits of [3, 4, 6]) {
      const rows = printed(1000, 3000, digits).split("\n");
      rows.splice(1500, 1);
      expect(["csv-time", "frequency-needed"]).toContain(failureOf(() => read(rows.join("\n"))).code);
    }
  });

  test("that is given must agree with the times, and be one", () => {
    const text = "time_s,II_mV\n0,1\n0.010,1\n0.020,1\n";
    const gap = "time_s,II_mV\n0,1\n0.01,1\n0.03,1\n0.04,1\n";
    expect(failureOf(() => read(gap, { samplingFrequency: 100 })).place).toContain("line 4");
    expect(failureOf(() => read(text, { samplingFrequency: 200 })).code).toBe("csv-time");
    expect(failureOf(() => read(text, { samplingFrequency: Number.NaN })).code).toBe("frequency-value");
  });
});

describe("the unit", () => {
  test("is mV where none is stated, and that is told", () => {
    expect(assumed("I,II (uV)\n1,1000\n", { samplingFrequency: 1 })).toEqual([
      ["assumed", "No unit is stated for I: mV was assumed."],
    ]);
  });

  test("is asked for where the numbers cannot be mV", () => {
    const text = "sample,MLII\n0,995\n1,995\n2,1011\n";
    expect(failureOf(() => read(text, { samplingFrequency: 360 })).code).toBe("unit-needed");
    expect(numbers(text, 0, { samplingFrequency: 360, unit: "uV" })).toEqual(
      [0.995, 0.995, 1.011].map(Math.fround),
    );
  });
});

test.each([
  ["", "no-signals", "strip.csv"],
  ["# only this", "no-signals", "strip.csv"],
  ["time_s,II_mV\n", "no-signals", "strip.csv"],
  ["II (mV)\n1\nx\n", "csv-value", "line 3"],
  ["II (mV);I (mV)\n1,5;2\n1.5;2\n", "csv-value", "line 3"],
  ["I (mV),II (mV)\n1,2\n1\n", "csv-syntax", "line 3"],
  ["I (mV),II (mV)\n1,2\n1,2,3\n", "csv-syntax", "line 3"],
  ['I (mV),II (mV)\n1,"2\n1,2\n', "csv-syntax", "line 2"],
  [`${",".repeat(2000)}\n1`, "csv-columns", "line 1"],
])("%j is refused with %s", (text, code, place) => {
  const failure = failureOf(() => read(text, { samplingFrequency: 100 }));
  expect([failure.code, failure.place]).toEqual([code, expect.stringContaining(place)]);
  expect(failure.remedy).not.toBe("");
});

test("any text gives a sound recording or a Failure", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "time_s",
      "II (mV)",
      "sample",
      ",",
      ";",
      "\t",
      "\n",
      "\r\n",
      "#",
      '"',
      "'",
      "NaN",
      "1e999",
      ":",
    ),
    fc.double().map(String),
    fc.string(),
  );
  const option = fc.constantFrom(undefined, 360, -1);
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), option, (pieces, samplingFrequency) => {
      const start = performance.now();
      try {
        const recording = read(pieces.join(""), { samplingFrequency });
        expect(recording.samplingFrequency).toBeGreaterThan(0);
        for (const { samples } of recording.leads) {
          expect(samples).toHaveLength(recording.length);
          expect(samples.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
      expect(performance.now() - start).toBeLessThan(2000);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      try {
        readCsv(bytes, "a.csv", "", { samplingFrequency: 100 });
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
    }),
  );
});

test("reading half an hour of two leads does not take minutes, as time that grows with the square would", () => {
  const text = printed(360, 650_000, 6);
  const start = performance.now();
  expect(read(text).length).toBe(650_000);
  expect(performance.now() - start).toBeLessThan(60_000);
});
