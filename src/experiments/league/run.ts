import type { Architecture } from "../../classifiers/architecture.ts";
import { generatedForms } from "../../domain/generation.ts";
import type { TrainingState } from "../../neural/training/loop.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import type { RealSignals, Side } from "../augmentationTransfer/signals.ts";
import type { RunHooks } from "../protocol.ts";
import type { GeneratorState } from "../syntheticBeats/trainGenerator.ts";
import type { TrainingInterruption } from "../trainClassifier.ts";
import type { Contestant } from "./contestants.ts";
import type { LeagueCell, LeagueEnd, LeagueResult } from "./specification.ts";

/** Where a cell gets its beats and keeps what others can use: the library of a browser, or folders. */
export interface LeagueEnvironment {
  readonly classifier: Architecture;
  contestant(name: string): Promise<Contestant>;
  /** All beats of the cell's source and classes; null where it was stopped. @throws Failure */
  signals(stopped: () => boolean): Promise<RealSignals | null>;
  /** What another cell made, or this one before it was stopped; null where there is nothing. */
  shared(address: string): Promise<readonly NamedArray[] | null>;
  keepShared(address: string, arrays: readonly NamedArray[]): Promise<void>;
}

/** Trainings of the classifier: on real beats, on real and synthetic ones, on synthetic ones alone. */
export type ClassifierPhase = "base" | "added" | "alone";

/** What a cell does one after the other: the contestant, three classifiers, and measuring. */
export type LeaguePhase = "generator" | ClassifierPhase | "closeness";

/** Where an interrupted cell stopped. */
export type LeagueCheckpoint =
  | { readonly phase: ClassifierPhase; readonly state: TrainingState }
  | {
      readonly phase: "generator";
      /** Of which classes. */
      readonly place: string;
      /** s of training that were spent before. */
      readonly seconds: number;
      readonly state: GeneratorState;
    };

export type LeagueOutcome =
  | { readonly end: LeagueEnd; readonly result: LeagueResult; readonly weights: readonly NamedArray[] }
  | TrainingInterruption;

/** Real beats of one side, and whose they are. */
export interface OwnedBeats extends SignalSet {
  readonly patients: readonly string[];
}

/** A cell that is being computed. */
export interface LeagueRun {
  readonly cell: LeagueCell;
  readonly environment: LeagueEnvironment;
  readonly hooks: RunHooks;
  readonly checkpoint: LeagueCheckpoint | null;
  readonly real: Readonly<Record<Side, OwnedBeats>>;
}

/** Whether something ended before its end. */
export const isInterrupted = (value: object): value is TrainingInterruption => "end" in value;

/** Samples of a beat, and their frequency. */
export const beatForm = generatedForms.beats;
