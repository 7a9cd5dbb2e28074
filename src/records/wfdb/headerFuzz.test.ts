import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { zipOf } from "../archive.ts";
import { filesOfZip } from "../zip.ts";
import { readRecord } from "./record.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Two small records of one piece, and one of three segments made of them. */
const sound: ReadonlyMap<string, string> = new Map([
  [
    "a.hea",
    "a 2 250 100 10:00:00 01/02/2003\na.dat 16 200(0)/mV 12 0 0 0 0 II\na.dat 16:2 100/uV 12 5 0 0 0 V1\n",
  ],
  ["b.hea", "b 1 250/500(3) 100\nb.dat 212x2+4 200 12 0 0 0 0 II\n"],
  ["m.hea", "m/3 2 250 250\na 100\n~ 50\na 100\n"],
  ["v.hea", "v/4 2 250 200\nlayout 0\na 100\n~ 50\na 50\n"],
  ["layout.hea", "layout 2 250 0\n~ 0 200/mV 12 0 0 0 0 II\n~ 0 100/uV 12 5 0 0 0 V1\n"],
]);
const signals = Uint8Array.from({ length: 404 }, (_, index) => (index * 37) & 0xff);

function filesWith(changed: ReadonlyMap<string, string>): Map<string, Uint8Array> {
  const files = new Map([...changed].map(([name, text]) => [name, encode(text)]));
  return files.set("a.dat", signals).set("b.dat", signals);
}

/** Numbers with which a damaged or hostile header tempts a reader. */
const tempting = fc.constantFrom(
  ..."-1 0 1 2 0.5 1e-38 5e-324 1e38 1e308 1e400 NaN Infinity 2147483647 2147483648 4294967295 99999999999999999999 x".split(
    " ",
  ),
);

test("every number of a header may be any other: a sound record or a Failure, soon, and without a flood of memory", () => {
  const outcomes = { record: 0, failure: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(...sound.keys()),
      fc.array(fc.tuple(fc.nat(30), tempting), { minLength: 1, maxLength: 3 }),
      (name, changes) => {
        let text = sound.get(name) ?? "";
        for (const [position, value] of changes) {
          const places = [...text.matchAll(/\d+/g)];
          const { index, 0: old } = places[position % places.length];
          text = text.slice(0, index) + value + text.slice(index + old.length);
        }
        const files = filesWith(new Map(sound).set(name, text));
        const began = performance.now();
        for (const record of ["a", "b", "m", "v"]) {
          try {
            const { leads, samplingFrequency } = readRecord(record, files, "");
            expect(samplingFrequency).toBeGreaterThan(0);
            for (const { samples } of leads) {
              expect(samples.length).toBeLessThan(5e6);
              expect(samples.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true);
            }
            outcomes.record++;
          } catch (error) {
            if (!(error instanceof Failure)) throw error;
            expect(error.place).not.toBe("");
            expect(error.remedy).not.toBe("");
            outcomes.failure++;
          }
        }
        expect(performance.now() - began).toBeLessThan(2000);
      },
    ),
    { seed: 51, numRuns: 3000 },
  );
  expect(outcomes.record).toBeGreaterThan(1000);
  expect(outcomes.failure).toBeGreaterThan(500);
});

test("the headers of two records, exchanged", () => {
  const names = [...sound.keys()];
  for (const one of names) {
    for (const other of names) {
      const files = filesWith(new Map(sound).set(one, sound.get(other) ?? ""));
      for (const record of ["a", "b", "m", "v"]) {
        try {
          readRecord(record, files, "");
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }
    }
  }
});

test("an archive with any bit turned gives its files, or a Failure that names it", async () => {
  const archive = await zipOf([...filesWith(sound)].map(([name, bytes]) => ({ name, bytes })));
  for (let position = 0; position < archive.length; position += 3) {
    const damaged = Uint8Array.from(archive);
    damaged[position] ^= 1 << (position % 8);
    try {
      for (const file of await filesOfZip("x.zip", new Blob([damaged]))) await file.read();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      expect(error.place).toContain("x.zip");
    }
  }
  for (let length = 0; length < archive.length; length += 97) {
    await expect(
      filesOfZip("x.zip", new Blob([Uint8Array.from(archive.subarray(0, length))])),
    ).rejects.toBeInstanceOf(Failure);
  }
}, 60_000);
