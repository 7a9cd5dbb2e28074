import "fake-indexeddb/auto";
import { beforeAll, describe, expect, test } from "vitest";
import type { GenerationSource, GenerationSpecification } from "../../domain/generation.ts";
import { beatsOfRecording } from "../../experiments/syntheticBeats/beatSets.ts";
import { writeRecord } from "../../records/wfdb/write.ts";
import { simulateHolter } from "../../simulators/cohort/holter.ts";
import { virtualPatient } from "../../simulators/cohort/patient.ts";
import { listRecords } from "../../storage/records.ts";
import { libraryService } from "../library.ts";
import { annotatedPatientBeats, readSource } from "./beatSources.ts";
import { csvOf, newSignals, recordFiles } from "./generatedFiles.ts";
import { filterBeside, readSets } from "./readSets.ts";
import { openGenerator } from "./sampling.ts";
import { trainingService } from "./service.ts";
import { signalsFor } from "./signalSources.ts";

const [samplingFrequency, seconds, wander] = [360, 60, 1];
const words = "beats cut behind a zero-phase filter of 0.5 to 40 Hz";

/** A peak of 1 mV a second on a baseline that wanders by 1 mV in ten seconds. */
async function importWandering(name: string): Promise<void> {
  const length = seconds * samplingFrequency;
  const samples = Float32Array.from({ length }, (_, at) => {
    const time = at / samplingFrequency;
    const peak = Math.exp(-0.5 * (((at % samplingFrequency) - 180) / 4) ** 2);
    return peak + wander * Math.sin(2 * Math.PI * 0.1 * time);
  });
  const annotations = Array.from({ length: seconds }, (_, beat) => ({
    ...{ sample: 180 + beat * samplingFrequency, symbol: "N" },
    ...{ subtype: 0, channel: 0, number: 0, text: "" },
  }));
  const files = writeRecord({
    ...{ name, samplingFrequency, length, annotations, comments: [], warnings: [] },
    leads: [{ name: "MLII", unit: "mV", samplingFrequency, samples }],
    origin: { kind: "file", hash: "" },
  } as unknown as Parameters<typeof writeRecord>[0]);
  await libraryService.importFiles(
    files.map(({ name: path, bytes }) => ({ path, blob: new Blob([bytes as Uint8Array<ArrayBuffer>]) })),
  );
}

let source: GenerationSource & { readonly kind: "records" };
let plain: GenerationSpecification;
let filtered: GenerationSpecification;

beforeAll(async () => {
  await importWandering("first");
  await importWandering("second");
  const members = (await listRecords()).map(({ hash }) => hash);
  source = { kind: "records", name: "wandering", members };
  plain = {
    kind: "Generator",
    form: "beats",
    model: "vanillaGan",
    hyperparameters: {},
    classes: ["N"],
    source,
    mostSignals: 40,
    patient: null,
    iterations: 1,
    seed: 1,
  };
  filtered = { ...plain, filter: "zeroPhase" };
});

/** The highest and the lowest of the beats' first samples: what the baseline did where they begin. */
const spread = (beats: Float32Array) => {
  const firsts = beats.filter((_, at) => at % 216 === 0);
  return Math.max(...firsts) - Math.min(...firsts);
};

describe("beats of records", () => {
  test("behind the zero-phase filter lie on one baseline, R at its place; without they wander", async () => {
    const [[before], [after]] = [await readSource(source, "none"), await readSource(source, "zeroPhase")];
    expect(after.symbols).toBe(before.symbols);
    expect([...after.times]).toEqual([...before.times]);
    expect(after.patient).toBe(before.patient);
    expect(spread(before.beats)).toBeGreaterThan(1.8 * wander);
    // The wander of 0.1 Hz is left by 0.16 %, the peak's own slow part is everywhere the same.
    expect(spread(after.beats)).toBeLessThan(0.02 * wander);
    const beat = after.beats.subarray(10 * 216, 11 * 216);
    expect(beat.indexOf(Math.max(...beat))).toBe(72);
    expect(Math.max(...beat)).toBeGreaterThan(0.75);
  });

  test("of a specification without a filter, as older ones are, are cut as they always were", async () => {
    const { signals } = await signalsFor(plain);
    expect(spread(signals)).toBeGreaterThan(1.8 * wander);
    expect((await signalsFor({ ...plain, filter: "none" })).signals).toEqual(signals);
    // What was read last is kept: another filter is another reading.
    expect(spread((await signalsFor(filtered)).signals)).toBeLessThan(0.02 * wander);
    expect((await signalsFor(plain)).signals).toEqual(signals);
  });

  test("of a patient are cut behind the same filter", async () => {
    const own = (specification: GenerationSpecification) =>
      annotatedPatientBeats({ ...specification, patient: source.members[0] }, 30);
    expect(spread(await own(plain))).toBeGreaterThan(1.8 * wander);
    expect(spread(await own(filtered))).toBeLessThan(0.02 * wander);
  });
});

test("beats of virtual patients are cut out of the filtered lead", async () => {
  const virtual = { kind: "simulated", patients: 1, minutes: 1, seed: 3 } as const;
  const [beats] = await readSource(virtual, "zeroPhase");
  const { recording } = simulateHolter(virtualPatient(3, 0), "sim1", 60 * samplingFrequency);
  const nobody = { patient: null, division: null, paced: false };
  const cut = (filter: "none" | "zeroPhase") =>
    beatsOfRecording(recording, recording.leads[0], nobody, filter).samples;
  expect(beats.beats).toEqual(cut("zeroPhase"));
  expect(beats.beats).not.toEqual(cut("none"));
  expect((await readSource(virtual, "none"))[0].beats).toEqual(cut("none"));
});

describe("a generator of beats behind a filter", () => {
  test("is held against real beats behind the same", async () => {
    const ids: Record<string, string> = {};
    for (const specification of [plain, filtered]) {
      const { id, name } = await trainingService.prepareGeneration(specification);
      ids[specification.filter ?? "none"] = id;
      const generator = { kind: "generator", id, name, position: 0 } as const;
      const wanted = { form: "beats", rowClass: "N", rows: 20, seed: 1 } as const;
      const { learnedFrom, learnedRows, notes } = await readSets(generator, source, wanted);
      const isFiltered = specification.filter !== undefined;
      expect(notes.some((note) => note.startsWith("Real beats are cut behind a zero-phase filter"))).toBe(
        isFiltered,
      );
      for (const rows of [learnedFrom, learnedRows ?? []]) {
        expect(rows.length).toBeGreaterThan(0);
        const all = Float32Array.from(rows.flatMap(({ values }) => [...values]));
        if (isFiltered) expect(spread(all)).toBeLessThan(0.02 * wander);
        else expect(spread(all)).toBeGreaterThan(1.8 * wander);
      }
    }
    const of = (filter: string) => ({ kind: "generator", id: ids[filter], name: "", position: 0 }) as const;
    const virtual = { kind: "virtual", name: "", patients: 1, minutes: 1 } as const;
    expect(await filterBeside([of("none")])).toBe("none");
    expect(await filterBeside([virtual, of("zeroPhase")])).toBe("zeroPhase");
    expect(await filterBeside([of("none"), of("zeroPhase")])).toBe("none");
  });

  test("says so in every file", async () => {
    const { id } = await trainingService.prepareGeneration(filtered);
    const { generation, generator } = await openGenerator(id);
    const made = await newSignals(generator, generation, { count: 2, seed: 1, label: 0 });
    expect(csvOf(made, generation).split("\n")[0]).toContain(`learned from ${words};`);
    const [header] = recordFiles(made, generation).files;
    expect(new TextDecoder().decode(header.bytes)).toContain(`# Learned from ${words}.`);
    const { bytes } = await trainingService.exportGenerator(id);
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    const metadata = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size))).__metadata__;
    expect(metadata.learnedFrom).toBe(words);
    expect(JSON.parse(metadata.specification).filter).toBe("zeroPhase");
  });
});
