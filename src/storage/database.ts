import { Dexie, type EntityTable, type Table } from "dexie";
import type { Cohort } from "../domain/cohort.ts";
import type { RunEnd } from "../domain/experiment.ts";
import type { GenerationSnapshot, GenerationSpecification } from "../domain/generation.ts";
import { type LibraryRecord, undescribed } from "../domain/libraryRecord.ts";
import { inSeveralClasses, type OneClassGeneration } from "./generationUpgrade.ts";
import { markedByComments } from "./recordUpgrade.ts";
import { type StoredBlindTest, type StoredCloseness, withScoreIntervals } from "./storedCloseness.ts";
import type {
  AnyExperiment,
  AnyRun,
  StoredCheckpoint,
  StoredModel,
  StoredPretraining,
  StoredSearch,
} from "./trainings.ts";

/** The raw bytes of a record's files. */
export interface StoredFiles {
  readonly hash: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** What was found in the signal of a record. Positions count in samples of the analysed lead. */
export interface StoredAnalysis {
  readonly hash: string;
  readonly lead: string;
  /** Hz */
  readonly samplingFrequency: number;
  /** Name of the R-peak detector in its registry. */
  readonly detector: string;
  /** Detected R peaks, ascending. */
  readonly rPeaks: Int32Array;
  /** Whether the beats are those of the annotations; otherwise they are the detected ones, of unknown class. */
  readonly annotated: boolean;
  /** Beats, ascending. */
  readonly beats: Int32Array;
  /** WFDB symbol of each beat. */
  readonly symbols: string;
  /**
   * `[beat, 9]`: onset, peak and offset of P, QRS and T; −1 where a wave was not found. Absent until somebody asked.
   */
  readonly waves?: Int32Array;
}

/** Beats cut out of the analysed lead, all of one length. */
export interface StoredBeats {
  readonly hash: string;
  readonly lead: string;
  /** Hz */
  readonly samplingFrequency: number;
  /** Samples before the R peak, and in a whole beat. */
  readonly before: number;
  readonly length: number;
  /** Index of each row among the beats of the analysis: a beat too near to an end has no row. */
  readonly rows: Int32Array;
  /** `[row, length]`, mV. */
  readonly samples: Float32Array;
}

/** A preference, by name. */
export interface Setting {
  readonly key: string;
  readonly value: number | string | boolean;
}

/** The journal of an import. It stays when the tab is closed in the middle, and the next one goes on from there. */
export interface StoredImport {
  readonly id: string;
  /** What was imported, in words: the name of the folder or archive. */
  readonly title: string;
  /** ms since 1970 */
  readonly startedAt: number;
  updatedAt: number;
  state: "running" | "finished" | "cancelled" | "full";
  /** Records among the files. */
  readonly total: number;
  stored: number;
  duplicates: number;
  skipped: number;
  failed: number;
  /** The first failures, as data. */
  failures: readonly {
    readonly code: string;
    readonly message: string;
    readonly place: string;
    readonly remedy: string;
  }[];
}

/** A training of a generator with all that led to it and came of it. */
export interface StoredGeneration {
  /** Hash of its specification. */
  readonly id: string;
  readonly name: string;
  readonly specification: GenerationSpecification;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly state: "waiting" | "running" | RunEnd;
  readonly message: string;
  /** Lost devices, a collapse, a discriminator that teaches nothing. */
  readonly notes: readonly string[];
  readonly backend: { readonly name: string; readonly adapter: string } | null;
  readonly version: string;
  /** s of training, over all its parts. */
  readonly seconds: number;
  readonly progress: GenerationRecord;
}

/** What was seen of a training of a generator so far. */
export interface GenerationRecord {
  /** Iterations that are done. */
  readonly position: number;
  /** Names of the columns of `curve`. */
  readonly measures: readonly string[];
  /** `[position, measures]` */
  readonly curve: Float32Array;
  readonly snapshots: readonly GenerationSnapshot[];
  /** How different generated signals are from each other, beside real ones, at each snapshot. */
  readonly diversities: readonly number[];
  /** Real signals scaled as the generated ones, to be drawn beside them, with the position of each one's class. */
  readonly real: Float32Array;
  readonly realLabels: Uint8Array;
  /** Signals and patients that were learned from. */
  readonly count: number;
  readonly patients: number;
}

/** The networks of a generator as a training left them. */
export type StoredGenerator = StoredCheckpoint;

/** The training of a generator whose signals are among the records: what they were made from. */
export interface StoredOrigin {
  /** Of the generator; the records name it. */
  readonly id: string;
  readonly name: string;
  readonly specification: GenerationSpecification;
}

class WorkbenchDatabase extends Dexie {
  readonly records!: EntityTable<LibraryRecord, "hash">;
  readonly files!: EntityTable<StoredFiles, "hash">;
  readonly analyses!: EntityTable<StoredAnalysis, "hash">;
  readonly beats!: EntityTable<StoredBeats, "hash">;
  readonly cohorts!: EntityTable<Cohort, "id">;
  readonly imports!: EntityTable<StoredImport, "id">;
  readonly settings!: EntityTable<Setting, "key">;
  readonly runs!: EntityTable<AnyRun, "id">;
  readonly checkpoints!: EntityTable<StoredCheckpoint, "id">;
  readonly models!: EntityTable<StoredModel, "id">;
  readonly pretrainings!: EntityTable<StoredPretraining, "id">;
  readonly experiments!: EntityTable<AnyExperiment, "id">;
  readonly searches!: EntityTable<StoredSearch, "id">;
  readonly generations!: EntityTable<StoredGeneration, "id">;
  readonly generators!: EntityTable<StoredGenerator, "id">;
  readonly origins!: EntityTable<StoredOrigin, "id">;
  readonly closeness!: EntityTable<StoredCloseness, "id">;
  readonly blindTests!: EntityTable<StoredBlindTest, "id">;

  constructor() {
    // Dexie's own cache of what live queries read would keep a copy of every record that an import writes.
    super("ecg-workbench", { cache: "disabled" });
    this.version(1).stores({ records: "hash, name, importedAt", files: "hash", settings: "key" });
    this.version(2)
      .stores({
        records: "hash, importedAt, source",
        files: "hash",
        analyses: "hash",
        beats: "hash",
        cohorts: "id, name",
        imports: "id, startedAt",
        settings: "key",
      })
      .upgrade(async (transaction) => {
        await transaction
          .table<LibraryRecord, string>("records")
          .toCollection()
          .modify((record) => {
            Object.assign(record, {
              ...undescribed,
              analysedLead: null,
              beatCounts: { N: 0, S: 0, V: 0, F: 0, Q: 0 },
              heartRate: null,
              quality: "doubtful",
              source: "",
            });
          });
      });
    this.version(3).stores({
      runs: "id, createdAt",
      checkpoints: "id",
      models: "id, createdAt",
      pretrainings: "id",
      experiments: "id, createdAt",
    });
    this.version(4).stores({ searches: "id", generations: "id, createdAt", generators: "id" });
    this.version(5)
      .stores({})
      .upgrade((transaction) =>
        changeEach(transaction.table<OneClassGeneration, string>("generations"), inSeveralClasses),
      );
    this.version(6).stores({ closeness: "id, createdAt", blindTests: "id, createdAt" });
    this.version(7)
      .stores({})
      .upgrade((transaction) =>
        changeEach(transaction.table<StoredCloseness, string>("closeness"), withScoreIntervals),
      );
    this.version(8)
      .stores({ origins: "id" })
      .upgrade((transaction) =>
        changeEach(transaction.table<LibraryRecord, string>("records"), markedByComments),
      );
  }
}

/** Lays over each row what it becomes. */
async function changeEach<Row extends object>(
  table: Table<Row, string>,
  change: (row: Row) => object,
): Promise<void> {
  await table.toCollection().modify((row) => {
    Object.assign(row, change(row));
  });
}

/** The one database of the workbench. */
export const database = new WorkbenchDatabase();
