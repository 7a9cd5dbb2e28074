import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { describeWithData } from "../../testing/testData.ts";
import { filesNear } from "../../testing/wfdbFolder.ts";
import { readAnnotations } from "./annotations.ts";
import { headerOf, readRecord } from "./record.ts";
import { readSignals } from "./signals.ts";

/** Rows of numbers that PhysioNet's `rdsamp` printed. */
function printed(path: string): number[][] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  return text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
}

describeWithData("what PhysioNet's own tools print", (data) => {
  const samples = join(data, "wfdb-python", "sample-data");
  const target = (name: string) => printed(join(data, "wfdb-python", "tests", "target-output", name));
  const digital = (name: string) => {
    const files = filesNear(samples, name);
    return readSignals(headerOf(files, name), files).signals.map((signal) => signal.samples);
  };
  const physical = (name: string) => readRecord(name, filesNear(samples, name), "");

  // How each file was made stands in the data folder's README: rdsamp with these options.
  test("rdsamp -r test01_00s", () => {
    const signals = digital("test01_00s");
    target("record-1a").forEach((row, index) => {
      expect(signals.map((signal) => signal[index])).toEqual(row);
    });
  });

  test("rdsamp -r a103l -f 50 -t 160 -s 2 0 -P", () => {
    const { leads } = physical("a103l");
    for (const [index, row] of target("record-1b").entries()) {
      const at = 50 * 250 + index;
      // Eight decimals are printed; single precision holds seven digits.
      expect(Math.abs(leads[2].samples[at] - row[0])).toBeLessThan(1e-6 + 1e-7 * Math.abs(row[0]));
      expect(Math.abs(leads[0].samples[at] - row[1])).toBeLessThan(1e-6);
    }
  });

  test("rdsamp -r binformats: ten formats side by side", () => {
    const signals = digital("binformats");
    const rows = target("record-1f.gz");
    expect(rows).toHaveLength(499);
    rows.forEach((row, index) => {
      expect(signals.map((signal) => signal[index])).toEqual(row);
    });
  });

  test("rdsamp -r flacformats: three depths, compressed", () => {
    const signals = digital("flacformats");
    const rows = target("record-flac.gz");
    expect(rows).toHaveLength(499);
    rows.forEach((row, index) => {
      expect(signals.map((signal) => signal[index])).toEqual(row);
    });
  });

  test("5,600,000 equal samples of three signals in 20 kB", () => {
    const { leads, warnings } = physical("flac_3_constant");
    expect(warnings).toEqual([]);
    [25, 50, 75].forEach((value, lead) => {
      const { samples: found } = leads[lead];
      expect(found).toHaveLength(5_600_000);
      expect(found.every((sample) => sample === Math.fround(value / 200))).toBe(true);
    });
  });

  test("rdsamp -r 100 -f 0.002 -t 30 -s 1", () => {
    const signal = digital("100")[1];
    target("record-2b").forEach(([value], index) => {
      expect(signal[1 + index]).toBe(value);
    });
  });

  test("rdsamp -r 100_3chan -P: an odd number of 12-bit samples", () => {
    const { leads } = physical("100_3chan");
    target("record-2c").forEach((row, index) => {
      row.forEach((value, lead) => {
        expect(leads[lead].samples[index]).toBeCloseTo(value, 5);
      });
    });
  });

  test.each([
    ["310derive", "record-2d", 0.007 * 250],
    ["311derive", "record-2e", 0.005 * 250],
  ])("rdsamp -r %s: packed ten-bit samples", (name, expected, from) => {
    const rows = target(expected);
    if (expected === "record-2d") {
      const signals = digital(name);
      rows.forEach((row, index) => {
        expect(signals.map((signal) => signal[Math.round(from) + index])).toEqual(row);
      });
    } else {
      const { leads } = physical(name);
      rows.forEach((row, index) => {
        expect(leads[0].samples[Math.round(from) + index]).toBeCloseTo(row[0], 5);
      });
    }
  });

  test("rdsamp -r s0010_re -f 5 -t 38 -P -s 13 0 4 8 3", () => {
    const { leads } = physical("s0010_re");
    const order = [13, 0, 4, 8, 3];
    for (const [index, row] of target("record-3b").entries()) {
      order.forEach((lead, column) => {
        expect(Math.abs(leads[lead].samples[5000 + index] - row[column])).toBeLessThan(1e-5);
      });
    }
  });

  test("rdsamp -r test01_00s_skewframe -P -H: skew, and two samples a frame", () => {
    const { leads } = physical("test01_00s_skewframe");
    target("record-4d").forEach((row, index) => {
      const frame = index >> 1;
      expect(leads[0].samples[frame]).toBeCloseTo(row[0], 5);
      expect(leads[1].samples[index]).toBeCloseTo(row[1], 5);
      expect(leads[2].samples[frame]).toBeCloseTo(row[2], 5);
    });
  });

  test("rdsamp -r 03700181: signals beside one of four samples a frame", () => {
    const signals = digital("03700181");
    target("record-4b").forEach((row, index) => {
      expect(signals[1][index]).toBe(row[1]);
      expect(signals[2][index]).toBe(row[2]);
    });
  });

  test("rdsamp -r a103l -f 80 -s 0 1", () => {
    const signals = digital("a103l");
    const rows = target("record-1c");
    expect(rows).toHaveLength(62_500);
    rows.forEach((row, index) => {
      expect([signals[0][20_000 + index], signals[1][20_000 + index]]).toEqual(row);
    });
  });

  test("rdsamp -r 3000003_0003 -f 1 -t 8 -s 1 -P", () => {
    const { leads } = physical("3000003_0003");
    target("record-1d").forEach(([value], index) => {
      expect(leads[1].samples[125 + index]).toBeCloseTo(value, 5);
    });
  });

  test("rdsamp -r 03700181 -f 8 -t 128 -s 0 2 -P: of several samples a frame it prints the mean", () => {
    const { leads } = physical("03700181");
    const perFrame = leads[0].samplingFrequency / leads[2].samplingFrequency;
    target("record-4c").forEach((row, index) => {
      const frame = 1000 + index;
      const inFrame = leads[0].samples.subarray(frame * perFrame, (frame + 1) * perFrame);
      // The mean is of whole steps, rounded: half a step off at most.
      expect(Math.abs(inFrame.reduce((sum, value) => sum + value, 0) / perFrame - row[0])).toBeLessThan(
        0.005,
      );
      expect(leads[2].samples[frame]).toBeCloseTo(row[1], 5);
    });
  });

  test("rdsamp -r v102s -f 280 -s 1 0 3 -P: the end of one segment and the start of the next", () => {
    const folder = join(samples, "multi-segment", "fixed1");
    const { leads } = readRecord("v102s", filesNear(folder, "v102s"), "");
    for (const [index, row] of target("record-multi-fixed-c").entries()) {
      [1, 0, 3].forEach((lead, column) => {
        const value = leads[lead].samples[70_000 + index];
        // A dash, read as NaN, stands for "no valid sample".
        if (Number.isNaN(row[column])) expect(value).toBeNaN();
        else expect(Math.abs(value - row[column])).toBeLessThan(1e-5);
      });
    }
  });

  /** Rows of `rdann`: a time of day or of the record, the sample, and the six fields. */
  const printedAnnotations = (name: string) =>
    readFileSync(join(data, "wfdb-python", "tests", "target-output", name), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [fields, ...text] = line.split("\t");
        const [sample, symbol, subtype, channel, number] = fields.trim().split(/\s+/).slice(1);
        return {
          sample: Number(sample),
          symbol,
          subtype: Number(subtype),
          channel: Number(channel),
          number: Number(number),
          text: text.join("\t"),
        };
      });

  test.each([
    ["rdann -r 12726 -a anI", "ann-2", "12726.anI"],
    ["rdann -r 1003 -a atr", "ann-3", "1003.atr"],
  ])("%s", (_, expected, file) => {
    const { annotations } = readAnnotations(readFileSync(join(samples, file)), file);
    const rows = printedAnnotations(expected);
    expect(annotations).toHaveLength(rows.length);
    rows.forEach((row, index) => {
      // Its channel 255 is −1 in a byte; the printed text may end in a blank.
      const { channel, text, ...rest } = annotations[index];
      expect({ ...rest, text: text.trim() }).toEqual({
        sample: row.sample,
        symbol: row.symbol,
        subtype: row.subtype,
        number: row.number,
        text: row.text.trim(),
      });
      expect(channel & 0xff).toBe(row.channel & 0xff);
    });
  });

  test("rdann -r 100 -a atr", () => {
    const { annotations } = physical("100");
    const lines = readFileSync(join(data, "wfdb-python", "tests", "target-output", "ann-1"), "utf8")
      .trimEnd()
      .split("\n");
    expect(annotations).toHaveLength(lines.length);
    lines.forEach((line, index) => {
      const [, sample, symbol, subtype, channel, number, ...text] = line.trim().split(/\s+/);
      expect(annotations[index]).toEqual({
        sample: Number(sample),
        symbol,
        subtype: Number(subtype),
        channel: Number(channel),
        number: Number(number),
        text: text.join(" "),
      });
    });
  });

  test("a record of segments is its segments, one after the other", () => {
    const folder = join(samples, "multi-segment", "fixed1");
    const whole = readRecord("v102s", filesNear(folder, "v102s"), "");
    expect(whole.length).toBe(225000);
    let start = 0;
    for (const name of ["v102s_1", "v102s_2", "v102s_3"]) {
      const segment = readRecord(name, filesNear(folder, name), "");
      segment.leads.forEach((lead, index) => {
        const part = whole.leads[index].samples.subarray(start, start + segment.length);
        expect(part).toEqual(lead.samples);
      });
      start += segment.length;
    }
  });
});

describeWithData("MIT-BIH", (data) => {
  test("record 100 has 650,000 samples a lead and 2,274 annotations", () => {
    const record = readRecord("100", filesNear(join(data, "mitdb"), "100"), "");
    expect(record.leads.map(({ samples }) => samples.length)).toEqual([650000, 650000]);
    const count = (symbol: string) =>
      record.annotations.filter((annotation) => annotation.symbol === symbol).length;
    expect([count("N"), count("A"), count("V"), count("+")]).toEqual([2239, 33, 1, 1]);
    expect(record.annotations).toHaveLength(2274);
  });

  // AAMI classes of the annotations, from the table in the data folder's README: N / S / V / F / Q.
  test.each([
    ["114", [1820, 12, 43, 4, 0]],
    ["200", [1743, 30, 826, 2, 0]],
    ["208", [1586, 2, 992, 373, 2]],
    ["209", [2621, 383, 1, 0, 0]],
    ["213", [2641, 28, 220, 362, 0]],
    ["223", [2045, 73, 473, 14, 0]],
    ["232", [398, 1382, 0, 0, 0]],
    ["233", [2230, 7, 831, 11, 0]],
  ])("record %s has the published numbers of beats", (name, counts) => {
    const { annotations } = readRecord(name, filesNear(join(data, "mitdb"), name), "");
    const classes = ["NLRej", "AaJS", "VE", "F", "/fQ"];
    expect(
      classes.map((symbols) => annotations.filter(({ symbol }) => symbols.includes(symbol)).length),
    ).toEqual(counts);
  });
});

describeWithData("every record of the data folder", (data) => {
  /** Headers whose initial values were left as they were when somebody edited them by hand to try frames. */
  const edited = /test01_00s_(frame|skewframe)\.hea$/;
  const readable = new Set([508, 516, 524, 8, 16, 24, 32, 61, 80, 160, 212, 310, 311]);

  /** What should happen, read off the header's text and the folder: a missing file, an unknown format, or nothing. */
  function expected(folder: string, name: string): "missing-file" | "unsupported-format" | "opens" {
    const lines = readFileSync(join(folder, `${name}.hea`), "latin1")
      .split(/\r?\n/)
      .filter((line) => line !== "" && !line.startsWith("#"));
    const [record, ...rest] = lines;
    for (const line of rest) {
      const [word, second] = line.split(/\s+/);
      if (word === "~") continue;
      if (record.split(/\s+/)[0].includes("/")) {
        if (Number(second) === 0) continue;
        if (!statSync(join(folder, `${word}.hea`), { throwIfNoEntry: false })) return "missing-file";
        const inner = expected(folder, word);
        if (inner !== "opens") return inner;
      } else {
        if (!readable.has(Number.parseInt(second, 10))) return "unsupported-format";
        if (!statSync(join(folder, word), { throwIfNoEntry: false })) return "missing-file";
      }
    }
    return "opens";
  }

  test("opens with its checksums holding, or is refused for the reason that its header gives", () => {
    const headers = readdirSync(data, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".hea"),
    );
    expect(headers.length).toBeGreaterThan(1000);
    const wrong: string[] = [];
    for (const path of headers) {
      const folder = dirname(join(data, path));
      const name = path.slice(path.lastIndexOf("/") + 1, -4);
      const reason = expected(folder, name);
      try {
        const { warnings } = readRecord(name, filesNear(folder, name), "");
        if (reason !== "opens") wrong.push(`${path} opened, but ${reason}`);
        if (warnings.length > 0 && !edited.test(path)) wrong.push(`${path}: ${warnings[0].describe()}`);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (error.code !== reason)
          wrong.push(`${path}: ${error.code} instead of ${reason}: ${error.message}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
