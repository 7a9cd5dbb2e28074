import type { GenerationSnapshot, LabelledSignals } from "../../domain/generation.ts";
import type { LabelledRows } from "../../domain/labelledRows.ts";
import type { PatientSearchHooks } from "../../experiments/generation/patientSearch.ts";
import type { GenerationCheckpoint, GenerationHooks } from "../../experiments/generation/runGeneration.ts";
import { type BackendInfo, memoryInUse } from "../../neural/backend/backends.ts";
import type { GenerationRecord, StoredGeneration } from "../../storage/database.ts";

/** What the page asks for a few times a second while a generator trains. */
export interface GenerationProgress {
  readonly id: string;
  readonly backend: BackendInfo | null;
  readonly position: number;
  readonly measures: readonly string[];
  /** `[position, measures]` */
  readonly curve: Float32Array;
  /** Those that the page does not have. */
  readonly snapshots: readonly GenerationSnapshot[];
  readonly diversities: readonly number[];
  readonly stepsPerSecond: number | null;
  /** s; null until it can be told honestly. */
  readonly secondsLeft: number | null;
  readonly tensors: number;
  readonly bytes: number;
  readonly notes: readonly string[];
  /** Steps of the network that finds the patient's beats, while it learns; otherwise null. */
  readonly search: { readonly done: number; readonly of: number } | null;
}

/** s from one checkpoint to the next at most. */
const checkpointEvery = 30;
/** s of experience before a remaining time is told. */
const firstEstimate = 2;

/** A generator that trains: what was seen of it so far, and the wish to stop it. */
export class Generating {
  stopWanted = false;
  measures: readonly string[];
  readonly notes: string[];
  private backend: BackendInfo | null = null;
  private rows: number[];
  private snapshots: GenerationSnapshot[];
  private diversities: number[];
  private position: number;
  private learned: Pick<GenerationRecord, "real" | "realLabels" | "count" | "patients">;
  private lastCheckpoint = performance.now();
  private readonly began = performance.now();
  private search: GenerationProgress["search"] = null;
  private pace: { readonly since: number; readonly position: number } | null = null;

  constructor(private readonly generation: StoredGeneration) {
    const { progress } = generation;
    this.measures = progress.measures;
    this.notes = [...generation.notes];
    this.rows = Array.from(progress.curve);
    this.snapshots = [...progress.snapshots];
    this.diversities = [...progress.diversities];
    this.position = progress.position;
    this.learned = progress;
  }

  learnsFrom({ count, patients }: LabelledSignals, real: LabelledRows): void {
    this.learned = { real: real.signals, realLabels: real.labels, count, patients };
  }

  /** Goes back to what a checkpoint knows: iterations after it are done again. */
  begin(backend: BackendInfo, checkpoint: GenerationCheckpoint | null): void {
    this.backend = backend;
    this.search = null;
    this.pace = null;
    this.position = checkpoint?.position ?? 0;
    this.rows = this.rows.slice(0, this.position * this.measures.length);
    this.snapshots =
      checkpoint === null ? [] : this.snapshots.filter(({ position }) => position <= this.position);
    this.diversities = this.diversities.slice(0, this.snapshots.length);
  }

  /** What the search for the patient's beats asks and tells, before the generator itself is trained. */
  searchHooks(): PatientSearchHooks {
    return {
      stopped: () => this.stopWanted,
      onSteps: (done, of) => {
        this.pace ??= { since: performance.now(), position: done };
        this.search = { done, of };
      },
      checkpointDue: () => this.isCheckpointDue(),
    };
  }

  private isCheckpointDue(): boolean {
    const isDue = performance.now() - this.lastCheckpoint > 1000 * checkpointEvery;
    if (isDue) this.lastCheckpoint = performance.now();
    return isDue;
  }

  hooks(): GenerationHooks {
    return {
      stopped: () => this.stopWanted,
      onMeasures: (position, rows) => {
        this.pace ??= { since: performance.now(), position };
        for (const row of rows) {
          for (const name of this.measures) this.rows.push(Reflect.get(row, name) ?? Number.NaN);
        }
        this.position = position;
      },
      onSnapshot: (snapshot, diversity) => {
        this.snapshots.push(snapshot);
        this.diversities.push(diversity);
      },
      onWarning: (warning) => {
        this.notes.push(warning);
      },
      checkpointDue: () => this.isCheckpointDue(),
    };
  }

  /** What is kept with the training. */
  record(): Pick<StoredGeneration, "progress" | "notes" | "seconds"> {
    const { position, measures, snapshots, diversities, learned } = this;
    return {
      notes: this.notes,
      seconds: this.generation.seconds + (performance.now() - this.began) / 1000,
      progress: {
        position,
        measures,
        curve: Float32Array.from(this.rows),
        snapshots: [...snapshots],
        diversities: [...diversities],
        real: learned.real,
        realLabels: learned.realLabels,
        count: learned.count,
        patients: learned.patients,
      },
    };
  }

  progress(known: number): GenerationProgress {
    const { pace, generation, search } = this;
    const { done: position, of } = search ?? { done: this.position, of: generation.specification.iterations };
    const elapsed = pace === null ? 0 : (performance.now() - pace.since) / 1000;
    const isKnown = pace !== null && elapsed > firstEstimate && position > pace.position;
    const stepsPerSecond = isKnown ? (position - pace.position) / elapsed : null;
    const left = of - position;
    return {
      id: generation.id,
      backend: this.backend,
      position: this.position,
      measures: this.measures,
      curve: Float32Array.from(this.rows),
      // Copies: what is sent is gone here.
      snapshots: structuredClone(this.snapshots.slice(known)),
      diversities: [...this.diversities],
      stepsPerSecond,
      secondsLeft: stepsPerSecond === null ? null : left / stepsPerSecond,
      ...memoryInUse(),
      notes: this.notes,
      search,
    };
  }
}
