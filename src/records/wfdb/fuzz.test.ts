import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { createRandom } from "../../signal/random.ts";
import { dataDirectory, describeWithData } from "../../testing/testData.ts";
import { filesNear } from "../../testing/wfdbFolder.ts";
import { importRecords } from "../importFiles.ts";
import type { SourceFile } from "../sourceFile.ts";
import { filesOfZip } from "../zip.ts";
import { readAnnotations } from "./annotations.ts";
import type { Files } from "./files.ts";
import { parseHeader } from "./header.ts";
import { readRecord } from "./record.ts";

/** ms within which any input, however broken, must have an answer. */
const patience = 2000;

/** Runs a reader on broken input: it must give a sound value, or a Failure that names a place and a remedy. */
function survives<T>(read: () => T, sound: (value: T) => boolean): "value" | "failure" {
  const start = performance.now();
  try {
    const value = read();
    expect(sound(value)).toBe(true);
    return "value";
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.place).not.toBe("");
    expect(error.remedy).not.toBe("");
    return "failure";
  } finally {
    expect(performance.now() - start).toBeLessThan(patience);
  }
}

/** A record is sound when it is consistent and no number in it is infinite. */
function soundRecord(record: ReturnType<typeof readRecord>): boolean {
  return (
    record.samplingFrequency > 0 &&
    Number.isFinite(record.samplingFrequency) &&
    record.leads.every(
      (lead) =>
        lead.samplingFrequency > 0 &&
        lead.samples.length ===
          Math.round((record.length * lead.samplingFrequency) / record.samplingFrequency) &&
        lead.samples.every((value) => Number.isNaN(value) || Number.isFinite(value)),
    ) &&
    record.annotations.every(({ sample, symbol }) => Number.isInteger(sample) && sample >= 0 && symbol !== "")
  );
}

describe("arbitrary bytes", () => {
  test("as a header", () => {
    const pieces = fc.constantFrom(
      "100",
      " ",
      "2",
      "360",
      "/",
      "\n",
      "100.dat",
      "212",
      "200(0)/mV",
      "x4",
      ":3",
      "+24",
      "#",
      "-1",
      "1e9",
      "99999999999",
      "~",
      "0",
      "16",
      ".",
      "\r",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 40 }).map((list) => list.join("")),
    );
    fc.assert(
      fc.property(text, (header) => {
        survives(
          () => parseHeader(header, "x.hea"),
          ({ samplingFrequency }) => samplingFrequency > 0,
        );
      }),
      { seed: 31, numRuns: 6000 },
    );
  });

  test("as annotations", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        survives(
          () => readAnnotations(bytes, "x.atr"),
          ({ annotations }) => annotations.every(({ sample }) => sample >= 0),
        );
      }),
      { seed: 32, numRuns: 6000 },
    );
  });

  test("as signals under a sound header, in every format", () => {
    const formats = fc.constantFrom(8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 7);
    fc.assert(
      fc.property(
        formats,
        fc.uint8Array({ maxLength: 120 }),
        fc.nat(30),
        fc.nat(3),
        (format, bytes, length, skew) => {
          const header = `x 2 250 ${length}\nx.dat ${format}:${skew} 200 12 0 0 0 0 one\nx.dat ${format} 0 12 0 0 0 0 two\n`;
          const files: Files = new Map([
            ["x.hea", new TextEncoder().encode(header)],
            ["x.dat", bytes],
          ]);
          survives(() => readRecord("x", files, ""), soundRecord);
        },
      ),
      { seed: 33, numRuns: 4000 },
    );
  });

  test("as a zip", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const head = Uint8Array.of(0x50, 0x4b, 3, 4, ...bytes);
        await expect(filesOfZip("x.zip", new Blob([head as Uint8Array<ArrayBuffer>]))).rejects.toBeInstanceOf(
          Failure,
        );
      }),
      { seed: 34, numRuns: 200 },
    );
  });
});

/** One of the ways in which a file goes wrong on its way. */
function damage(bytes: Uint8Array, random: ReturnType<typeof createRandom>): Uint8Array {
  const at = random.integer(bytes.length + 1);
  switch (random.integer(6)) {
    case 0:
      return bytes.subarray(0, at);
    case 1: {
      const changed = bytes.slice();
      for (let count = 1 + random.integer(4); count > 0; count--)
        changed[random.integer(changed.length)] ^= 1 << random.integer(8);
      return changed;
    }
    case 2:
      return Uint8Array.of(
        ...bytes.subarray(0, Math.min(at, 2000)),
        random.integer(256),
        random.integer(256),
        ...bytes.subarray(at, at + 2000),
      );
    case 3:
      return new Uint8Array(0);
    case 4: {
      const changed = bytes.slice();
      changed.fill(random.integer(256), at, at + 64);
      return changed;
    }
    default:
      return bytes.slice().reverse();
  }
}

describeWithData("damaged real records", () => {
  const folder = dataDirectory() ?? "";
  const samples = join(folder, "wfdb-python", "sample-data");
  const records = [
    [samples, "binformats"],
    [samples, "3000003_0003"],
    [samples, "310derive"],
    [samples, "311derive_2"],
    [samples, "100_3chan"],
    [samples, "test01_00s_skewframe"],
    [join(folder, "ptbxl", "records100", "00000"), "00017_lr"],
    [join(samples, "multi-segment", "041s"), "041s"],
  ] as const;

  test.each(records)("%s/%s: every damage gives a sound record or a Failure", (where, name) => {
    const files = filesNear(where, name);
    const names = [...files.keys()];
    const random = createRandom(41);
    const seen = { value: 0, failure: 0 };
    for (let run = 0; run < 600; run++) {
      const victim = names[random.integer(names.length)];
      const damaged = new Map(files);
      if (random.integer(12) === 0) damaged.delete(victim);
      else damaged.set(victim, damage(files.get(victim) ?? new Uint8Array(0), random));
      seen[survives(() => readRecord(name, damaged, ""), soundRecord)]++;
    }
    expect(seen.failure).toBeGreaterThan(100);
  });

  test("a changed byte of a signal with a checksum never passes silently", () => {
    const files = filesNear(samples, "100_3chan");
    const random = createRandom(42);
    for (let run = 0; run < 300; run++) {
      const bytes = (files.get("100_3chan.dat") ?? new Uint8Array(1)).slice();
      bytes[random.integer(bytes.length - 3)] ^= 1 << random.integer(8);
      const { warnings } = readRecord("100_3chan", new Map(files).set("100_3chan.dat", bytes), "");
      expect(warnings.length).toBeGreaterThan(0);
      expect(warnings[0].place).toContain("100_3chan.dat");
    }
  });

  test("annotations of a real record, damaged", () => {
    const bytes = filesNear(join(folder, "mitdb"), "100").get("100.atr") ?? new Uint8Array(0);
    const random = createRandom(43);
    for (let run = 0; run < 600; run++) {
      survives(
        () => readAnnotations(damage(bytes, random), "100.atr"),
        ({ annotations }) => annotations.every(({ sample }) => sample >= 0),
      );
    }
  });

  test("an import reports what is wrong and still gives the good records", async () => {
    const files = filesNear(samples, "100_3chan");
    const source = (path: string, bytes: Uint8Array): SourceFile => ({
      path,
      size: bytes.length,
      stamp: "",
      read: async () => bytes,
    });
    const random = createRandom(44);
    for (let run = 0; run < 60; run++) {
      const good = [...files].map(([name, bytes]) => source(`good/${name}`, bytes));
      const bad = [...files].map(([name, bytes]) =>
        source(`bad/${name}`, name.endsWith(".hea") ? damage(bytes, random) : bytes.subarray(0, 10)),
      );
      const outcomes = [];
      for await (const outcome of importRecords([...bad, ...good, source("note.xyz", new Uint8Array(3))]))
        outcomes.push(outcome);
      expect(outcomes.filter(({ kind }) => kind === "record").length).toBeGreaterThanOrEqual(1);
      expect(
        outcomes.some((outcome) => outcome.kind === "failure" && outcome.failure.place.includes("note.xyz")),
      ).toBe(true);
    }
  });
});
