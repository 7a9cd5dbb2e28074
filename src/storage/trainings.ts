import type {
  CellResult,
  CellSpecification,
  ExperimentSpecification,
  ProtocolCell,
  ProtocolSpecification,
  RunEnd,
} from "../domain/experiment.ts";

/** A validation with what it says about decisions at 0.5. */
export interface StoredValidation {
  readonly epoch: number;
  readonly trainingLoss: number;
  readonly loss: number;
  readonly best: boolean;
  /** Null where the network has an output a class. */
  readonly f1: number | null;
  /** Null also where the validation set has one class only. */
  readonly auprc: number | null;
}

/** One phase of a run as its curves show it. */
export interface StoredPhase {
  readonly phase: string;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Loss of every step; of a generator its own. */
  readonly losses: Float32Array;
  readonly validations: readonly StoredValidation[];
}

/** A training with all that led to it and came of it; where nothing else is said, of a classifier of recordings. */
export interface StoredRun<Cell extends ProtocolCell = CellSpecification, Result = CellResult> {
  /** Address of its cell. */
  readonly id: string;
  readonly name: string;
  readonly cell: Cell;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly state: "waiting" | "running" | RunEnd;
  /** Why it diverged or stopped; empty otherwise. */
  readonly message: string;
  /** What happened on the way: lost devices, other backends. */
  readonly notes: readonly string[];
  readonly backend: { readonly name: string; readonly adapter: string } | null;
  readonly version: string;
  /** s of training, over all its parts. */
  readonly seconds: number;
  readonly phases: readonly StoredPhase[];
  readonly result: Result | null;
  /** The search whose trial it is; absent for a run of its own. */
  readonly search?: string;
}

/** A run of any protocol. */
export type AnyRun = StoredRun<ProtocolCell, unknown>;

/** A search for hyper-parameters with its trials. */
export interface StoredSearch {
  /** Address of its question: the cell, the space, the budget and the seed. */
  readonly id: string;
  readonly createdAt: number;
  /** What its trials vary. */
  readonly cell: CellSpecification;
  /** As the search gives it. */
  readonly state: unknown;
  /** Runs of the trials, in their order. */
  readonly runs: readonly string[];
}

/** Weights of a network as they are kept and sent. */
export interface StoredWeights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Where a run stopped; as the training gave it. */
export interface StoredCheckpoint {
  readonly id: string;
  readonly checkpoint: unknown;
}

/** A trained network with the cell that it was trained in. */
export interface StoredModel {
  readonly id: string;
  readonly name: string;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly cell: CellSpecification;
  /** Version of the workbench that trained it. */
  readonly version: string;
  /** Whether it came from a file. */
  readonly imported: boolean;
  readonly weights: readonly StoredWeights[];
}

/** Weights that several cells start from. */
export interface StoredPretraining {
  readonly id: string;
  readonly weights: readonly StoredWeights[];
}

/** An experiment with the runs of its cells; where nothing else is said, of Real, Syn, Syn→Real. */
export interface StoredExperiment<Specification extends ProtocolSpecification = ExperimentSpecification> {
  readonly id: string;
  readonly createdAt: number;
  readonly specification: Specification;
  /** Runs in the order of the cells. */
  readonly runs: readonly string[];
  /** Runs that a person chose to leave out. */
  readonly skipped: readonly string[];
  /** Its searches, as far as they have begun. */
  readonly searches?: readonly string[];
}

/** An experiment of any protocol. */
export type AnyExperiment = StoredExperiment<ProtocolSpecification>;
