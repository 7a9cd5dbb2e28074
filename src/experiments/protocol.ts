import type { ProtocolCell, ProtocolSpecification, RunEnd } from "../domain/experiment.ts";
import type { Failure } from "../domain/failure.ts";
import type { ProbedNetwork } from "../neural/backend/probe.ts";
import type { TrainingHooks } from "../neural/training/loop.ts";
import type { NamedArray } from "../neural/training/weights.ts";
import type { CellStore } from "./cellStore.ts";

/** Where an interrupted cell stopped: in which of its trainings, and in what state. */
export interface RunCheckpoint {
  readonly phase: string;
  readonly state: {
    /** Steps that are done. */
    readonly position: number;
    readonly losses?: ArrayLike<number>;
    readonly validations?: readonly unknown[];
  };
}

/** What a cell is doing. */
export interface RunActivity {
  readonly phase: string;
  readonly doing: "preparing" | "training" | "sampling" | "testing";
}

/** What a cell tells and asks while it is computed. */
export interface RunHooks extends Omit<TrainingHooks, "onCheckpoint"> {
  onActivity?(activity: RunActivity): void;
  /** Told before the first step of a phase. */
  onPlan?(phase: string, steps: { readonly total: number; readonly perEpoch: number }): void;
  /** Told of a generator's measures as they are read, a few iterations at a time. */
  onMeasures?(position: number, measures: readonly Readonly<Partial<Record<string, number>>>[]): void;
  onCheckpoint?(checkpoint: RunCheckpoint): Promise<void>;
}

export type RunOutcome<Result> =
  | {
      readonly end: Extract<RunEnd, "finished" | "stoppedEarly">;
      readonly result: Result;
      readonly weights: readonly NamedArray[];
    }
  | { readonly end: "cancelled" }
  | { readonly end: "diverged"; readonly reason: string };

/** A training that an experiment needs. */
export interface PlannedTraining {
  /** Those with the same address are done once. */
  readonly address: string;
  /** Steps at most, with what validation and test take counted as steps. */
  readonly steps: number;
  /** Those with the same key take steps of the same kind. */
  readonly key: string;
  /** Opens what trains, to time a few steps. */
  open(): ProbedNetwork;
}

/** The half of a protocol that trains; it is loaded where cells are computed. */
export interface CellTraining<Cell extends ProtocolCell, Result> {
  /** @throws Failure for networks or hyper-parameters that are not allowed */
  check(cell: Cell): Promise<void>;
  /** What trains, to find the fastest backend for it. */
  probe(cell: Cell): Promise<() => ProbedNetwork>;
  /** The trainings of cells, for an estimate before they begin; absent where the protocol makes none. */
  planned?(cells: readonly Cell[], data: ExperimentData): Promise<readonly PlannedTraining[]>;
  /**
   * Trains and tests a cell, from its checkpoint where there is one.
   * @throws Failure for data or hyper-parameters that do not fit
   */
  run(
    cell: Cell,
    store: CellStore,
    hooks: RunHooks,
    checkpoint: RunCheckpoint | null,
  ): Promise<RunOutcome<Result>>;
}

/** A result as JSON and back; bits of its numbers survive. */
export interface ResultForm<Result> {
  write(result: Result): unknown;
  /** @param fail makes the failure of a field */
  read(plain: Readonly<Record<string, unknown>>, fail: (field: string, message: string) => Failure): Result;
}

/** A cell that has ended, with its outcome. */
export interface EndedCell<Cell extends ProtocolCell, Result> {
  readonly cell: Cell;
  readonly result: Result;
}

/** What an experiment may ask of the data before it begins. */
export type ExperimentData = Pick<CellStore, "recordings" | "beats" | "labelledSignals">;

export const reportFormats = ["csv", "json", "latex"] as const;
export type ReportFormat = (typeof reportFormats)[number];

/**
 * A protocol of a paper: what its experiments are, which trainings they consist of, and what is said of the outcome. Queue,
 * cache, checkpoints, files, import and command line are the same for all. Parameters are methods, so that a protocol may
 * stand in a registry of any.
 */
export interface ExperimentProtocol<
  Specification extends ProtocolSpecification = ProtocolSpecification,
  Cell extends ProtocolCell = ProtocolCell,
  Result = unknown,
> {
  readonly kind: string;
  readonly cellKind: string;
  /** @throws Failure `experiment-file`, naming the field and what it takes */
  parse(text: string, file: string): Specification;
  /** Whether all that its cells depend on is known. */
  isSettled(specification: Specification): boolean;
  /** Finds out from the data what its cells depend on and nobody said; not what a search has to find. */
  settle(specification: Specification, data: ExperimentData): Promise<Specification>;
  /** In the order in which they are computed. */
  cells(specification: Specification): Cell[];
  /** The hash of all that a cell's result depends on, and of nothing else. */
  address(cell: Cell): Promise<string>;
  cellTitle(cell: Cell): Promise<string>;
  readonly resultForm: ResultForm<Result>;
  /** A result in a few words. */
  resultInWords(result: Result): string;
  /** One table or figure. @param question as the protocol's part of the page asks it */
  report(
    specification: Specification,
    ended: readonly EndedCell<Cell, Result>[],
    question: unknown,
  ): Promise<unknown>;
  /** All tables as a file's text. */
  exportReport(
    specification: Specification,
    ended: readonly EndedCell<Cell, Result>[],
    question: unknown,
    format: ReportFormat,
  ): Promise<string>;
  /** What a form begins with; null where the page knows itself. */
  readonly presets: ProtocolPresets | null;
  training(): Promise<CellTraining<Cell, Result>>;
}

/** Specifications that a person may begin with: without a source, which the page adds. */
export interface ProtocolPresets {
  /** As in the paper. */
  readonly full: object;
  /** A first look that ends within minutes. */
  readonly quick: object;
  /** What can be chosen beside models of the registries, by name. */
  readonly titles: Readonly<Record<string, string>>;
  /** Generators of the registry behind some of these, by the same names. */
  readonly models?: Readonly<Record<string, string>>;
}
