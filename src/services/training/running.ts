import { agreementAt, averagePrecision } from "../../evaluation/metrics/classification.ts";
import type { RunActivity, RunCheckpoint, RunHooks } from "../../experiments/protocol.ts";
import { type BackendInfo, memoryInUse } from "../../neural/backend/backends.ts";
import { probabilitiesOf } from "../../neural/training/evaluate.ts";
import { keepCheckpoint } from "../../storage/runs.ts";
import type { AnyRun, StoredPhase, StoredValidation } from "../../storage/trainings.ts";
import type { PruneRule } from "./searches.ts";

/** What the page asks for a few times a second while a run is on. */
export interface RunProgress {
  readonly id: string;
  readonly activity: RunActivity | null;
  readonly backend: BackendInfo | null;
  readonly phases: readonly StoredPhase[];
  /** Steps done in the phase at hand. */
  readonly position: number;
  readonly stepsPerSecond: number | null;
  /** s to the end of the phase at most; null until it can be told honestly. */
  readonly secondsLeft: number | null;
  readonly tensors: number;
  readonly bytes: number;
  readonly notes: readonly string[];
}

/** s from one checkpoint to the next at most. */
const checkpointEvery = 30;
/** s of experience before a remaining time is told. */
const firstEstimate = 2;

/** What a validation says about decisions at 0.5; networks with an output a class are followed by their loss alone. */
function decisionsOf(logits: Float32Array, labels: Uint8Array): Pick<StoredValidation, "f1" | "auprc"> {
  if (logits.length !== labels.length) return { f1: null, auprc: null };
  const truths = Array.from(labels, (label) => label === 1);
  const probabilities = probabilitiesOf(logits);
  return {
    f1: agreementAt(probabilities, truths, 0.5).f1,
    auprc: averagePrecision(probabilities, truths),
  };
}

/** A run that is on: what it has seen so far, and the wish to stop it. */
export class Running {
  stopWanted = false;
  activity: RunActivity | null = null;
  backend: BackendInfo | null = null;
  readonly notes: string[];
  /** Its search has given it up. */
  isPruned = false;
  private phases: StoredPhase[];
  private lastCheckpoint = performance.now();
  private readonly began = performance.now();
  private pace: { readonly since: number; readonly position: number } | null = null;

  constructor(
    private readonly run: AnyRun,
    private readonly shouldPrune: PruneRule,
  ) {
    this.phases = [...run.phases];
    this.notes = [...run.notes];
  }

  /** Goes back to what a checkpoint knows: steps that were taken after it are taken again. */
  rewind(checkpoint: RunCheckpoint | null): void {
    this.pace = null;
    if (checkpoint === null) {
      this.phases = [];
      return;
    }
    const at = this.phases.findIndex(({ phase }) => phase === checkpoint.phase);
    const { position, losses, validations } = checkpoint.state;
    this.phases = this.phases.slice(0, at + 1);
    this.changePhase((phase) => ({
      ...phase,
      losses: losses === undefined ? phase.losses.slice(0, position) : Float32Array.from(losses),
      validations: phase.validations.slice(0, validations?.length ?? 0),
    }));
  }

  /** s of training, those of earlier parts among them. */
  seconds(): number {
    return this.run.seconds + (performance.now() - this.began) / 1000;
  }

  /** What is kept with the run. */
  record(): Pick<AnyRun, "phases" | "seconds" | "notes"> {
    return { phases: this.phases, seconds: this.seconds(), notes: this.notes };
  }

  hooks(): RunHooks {
    return {
      stopped: () => this.stopWanted || this.isPruned,
      onActivity: (activity) => {
        this.activity = activity;
        this.pace = null;
      },
      onPlan: (phase, { total, perEpoch }) => {
        if (this.phases.some((each) => each.phase === phase)) return;
        const empty = { losses: new Float32Array(0), validations: [] };
        this.phases.push({ phase, totalSteps: total, stepsPerEpoch: perEpoch, ...empty });
      },
      onSteps: (position, losses) => this.took(position, losses),
      // Generators tell several measures; the first is the generator's loss.
      onMeasures: (position, measures) =>
        this.took(
          position,
          measures.map((each) => Object.values(each)[0] ?? Number.NaN),
        ),
      onValidation: ({ logits, labels, ...validation }) => {
        const decisions = decisionsOf(logits, labels);
        this.changePhase((phase) => ({
          ...phase,
          validations: [...phase.validations, { ...validation, ...decisions }],
        }));
        this.isPruned = this.shouldPrune(this.phases);
      },
      checkpointDue: () => performance.now() - this.lastCheckpoint > 1000 * checkpointEvery,
      onCheckpoint: async (checkpoint) => {
        this.lastCheckpoint = performance.now();
        await keepCheckpoint({ id: this.run.id, checkpoint }, this.record());
      },
    };
  }

  progress(): RunProgress {
    const phase = this.phases.at(-1);
    const position = phase?.losses.length ?? 0;
    const { pace } = this;
    const elapsed = pace === null ? 0 : (performance.now() - pace.since) / 1000;
    const isKnown = pace !== null && elapsed > firstEstimate && position > pace.position;
    const stepsPerSecond = isKnown ? (position - pace.position) / elapsed : null;
    return {
      id: this.run.id,
      activity: this.activity,
      backend: this.backend,
      phases: this.phases,
      position,
      stepsPerSecond,
      secondsLeft:
        stepsPerSecond === null || phase === undefined
          ? null
          : (phase.totalSteps - position) / stepsPerSecond,
      ...memoryInUse(),
      notes: this.notes,
    };
  }

  private took(position: number, losses: readonly number[]): void {
    this.pace ??= { since: performance.now(), position };
    this.changePhase((phase) => {
      const all = new Float32Array(position);
      all.set(phase.losses.subarray(0, position - losses.length));
      all.set(losses, position - losses.length);
      return { ...phase, losses: all };
    });
  }

  private changePhase(change: (phase: StoredPhase) => StoredPhase): void {
    const last = this.phases.at(-1);
    if (last !== undefined) this.phases = [...this.phases.slice(0, -1), change(last)];
  }
}
