import type { BeatFilter } from "../../domain/beatFilters.ts";
import type { ProtocolSpecification } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import type { GeneratedForm } from "../../domain/generation.ts";
import { durationOf, type LibraryRecord } from "../../domain/libraryRecord.ts";
import type { SignalSource } from "../../experiments/augmentationTransfer/specification.ts";
import type { PlannedTraining } from "../../experiments/protocol.ts";
import { protocolNamed } from "../../experiments/protocols.ts";
import type { BeatSource } from "../../experiments/syntheticBeats/specification.ts";
import { type BackendName, openBackend } from "../../neural/backend/backends.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { findCohort } from "../../storage/cohorts.ts";
import { listRecords } from "../../storage/records.ts";
import { findPretraining, findRun } from "../../storage/runs.ts";
import { realAmong } from "../realOnly.ts";
import { fastestFor } from "./deviceGuard.ts";
import { libraryStore } from "./libraryStore.ts";
import { leadFor } from "./storedRecordings.ts";
import { isTaken, takeTurn } from "./turn.ts";

/** Whose beats an experiment is about: virtual patients, a database, everything annotated, a cohort by its id, or records. */
export type BeatChoice =
  | { readonly of: "virtual"; readonly patients: number }
  | { readonly of: "mitBih" }
  | { readonly of: "library" }
  | { readonly of: "cohort"; readonly id: string }
  | { readonly of: "records"; readonly name: string; readonly members: readonly string[] };

/** What an experiment takes, told before it begins. */
export interface ExperimentPlan {
  /** With what was found out from the data. */
  readonly specification: ProtocolSpecification;
  /** Trainings of the grid, and how many of them are computed already. */
  readonly cells: number;
  readonly computed: number;
  /** Networks that are trained for those that are left; one that several need is trained once. */
  readonly networks: number;
  /** s at most; null where the protocol makes no estimate, or another training is on. */
  readonly seconds: number | null;
  readonly backend: string | null;
}

/** Steps that are timed, after one that compiles and is not. */
const timedSteps = 2;

/** What the training worker offers before an experiment begins. */
export const planningFunctions = {
  /** How many of the first so many virtual patients are in the library. */
  async storedVirtualPatients(patients: number): Promise<number> {
    return (await virtualRecords(patients)).length;
  },

  /**
   * The records of a choice whose beats are annotated in a lead, without synthetic ones.
   * @throws Failure `no-beats`, `no-such-cohort` or `synthetic-records`
   */
  async beatSource(choice: BeatChoice, lead: string, filter: BeatFilter): Promise<BeatSource> {
    const { name, records } = await recordsOf(choice);
    const members = records
      .filter(({ leads, annotationCount }) => annotationCount > 0 && leads.some((each) => each.name === lead))
      .map(({ hash }) => hash)
      .sort();
    if (members.length > 0) return { name, members, lead, filter };
    throw new Failure(
      "no-beats",
      `No record of it has annotated beats in lead ${lead}.`,
      name,
      "Import a database with annotated beats such as MIT-BIH, or choose the virtual patients.",
    );
  },

  /**
   * The records of a choice that have signals of a form in a lead, without synthetic ones.
   * @throws Failure `no-signals`, `no-such-cohort` or `synthetic-records`
   */
  async signalSource(choice: BeatChoice, form: GeneratedForm, lead: string): Promise<SignalSource> {
    const { name, records } = await recordsOf(choice);
    const members = records
      .filter((record) => leadFor(record, { lead }) !== null)
      .filter((record) =>
        form === "beats"
          ? record.annotationCount > 0
          : record.labels.length > 0 && durationOf(record) >= 10 - 1e-6,
      )
      .map(({ hash }) => hash)
      .sort();
    if (members.length > 0) return { name, members };
    throw new Failure(
      "no-signals",
      `No record of it has ${form === "beats" ? "annotated beats" : "labels and ten seconds"} in lead ${lead}.`,
      name,
      "Import a database such as MIT-BIH or PTB-XL, or choose the virtual patients.",
    );
  },

  /**
   * Counts the trainings of an experiment, and times a few steps of each kind of them.
   * @param wish a backend, or null for the fastest
   * @throws Failure for what one of its cells does not allow
   */
  async planExperiment(asked: ProtocolSpecification, wish: BackendName | null): Promise<ExperimentPlan> {
    const protocol = protocolNamed(asked.kind);
    const specification = await protocol.settle(asked, libraryStore);
    const training = await protocol.training();
    const cells = protocol.cells(specification);
    const open: (typeof cells)[number][] = [];
    for (const cell of cells) {
      await training.check(cell);
      if (((await findRun(await protocol.address(cell)))?.result ?? null) === null) open.push(cell);
      await breathe();
    }
    const told = { specification, cells: cells.length, computed: cells.length - open.length };
    const [first] = open;
    if (first === undefined) return { ...told, networks: 0, seconds: 0, backend: null };
    const plan = async () => distinct((await training.planned?.(open, libraryStore)) ?? []);
    if (training.planned === undefined || isTaken()) {
      return { ...told, networks: (await plan()).length, seconds: null, backend: null };
    }
    const giveBack = takeTurn("An estimate");
    try {
      const { name } = wish === null ? await fastestFor(first, training, []) : await openBackend(wish);
      // Some networks are built to see how many passes they take, which needs a backend.
      const planned = await plan();
      return { ...told, networks: planned.length, seconds: await secondsOf(planned), backend: name };
    } finally {
      giveBack();
    }
  },
};

/** Those that are to be done: each once, and none that another cell has done. */
async function distinct(planned: readonly PlannedTraining[]): Promise<PlannedTraining[]> {
  const left: PlannedTraining[] = [];
  for (const each of new Map(planned.map((one) => [one.address, one])).values()) {
    if ((await findPretraining(each.address)) === null) left.push(each);
  }
  return left;
}

/** By a few steps of each kind. */
async function secondsOf(planned: readonly PlannedTraining[]): Promise<number> {
  const secondsAStep = new Map<string, number>();
  for (const { key, open } of planned) {
    if (secondsAStep.has(key)) continue;
    const probe = open();
    try {
      await probe.step();
      const began = performance.now();
      for (let index = 0; index < timedSteps; index++) await probe.step();
      secondsAStep.set(key, (performance.now() - began) / 1000 / timedSteps);
    } finally {
      probe.dispose();
    }
    await breathe();
  }
  return planned.reduce((sum, { key, steps }) => sum + steps * (secondsAStep.get(key) ?? 0), 0);
}

async function virtualRecords(patients: number): Promise<LibraryRecord[]> {
  const names = new Set(
    Array.from({ length: patients }, (_, index) => `sim${String(index + 1).padStart(3, "0")}`),
  );
  return (await listRecords()).filter(
    ({ dataset, recordName }) => dataset === "simulated" && names.has(recordName),
  );
}

async function recordsOf(
  choice: BeatChoice,
): Promise<{ readonly name: string; readonly records: readonly LibraryRecord[] }> {
  if (choice.of === "virtual") {
    return { name: "virtual patients", records: await virtualRecords(choice.patients) };
  }
  const all = await listRecords();
  const chosen = (name: string, isOfIt: (record: LibraryRecord) => boolean) => ({
    name,
    records: realAmong(name, all.filter(isOfIt)),
  });
  if (choice.of === "mitBih") return chosen("MIT-BIH Arrhythmia", ({ dataset }) => dataset === "mitBih");
  if (choice.of === "library") return chosen("all annotated records", () => true);
  const { name, members } = choice.of === "records" ? choice : await findCohort(choice.id);
  const wanted = new Set(members);
  return chosen(name, ({ hash }) => wanted.has(hash));
}
