import { stepsPerEpoch } from "../neural/training/batches.ts";
import { type TrainingHooks, type TrainingState, trainNetwork } from "../neural/training/loop.ts";
import type { TrainableNetwork } from "../neural/training/network.ts";
import type { TrainingPlan } from "../neural/training/schema.ts";
import type { SignalSet } from "../neural/training/signalSet.ts";

/** How a training ends without a result. */
export type TrainingInterruption =
  | { readonly end: "cancelled" }
  | { readonly end: "diverged"; readonly reason: string };

export interface TrainedClassifier {
  readonly state: TrainingState;
  readonly stoppedEarly: boolean;
}

export interface ClassifierHooks extends Omit<TrainingHooks, "onCheckpoint"> {
  /** Told before the first step. */
  onBegin(steps: { readonly total: number; readonly perEpoch: number }): void;
  onCheckpoint(state: TrainingState): Promise<void>;
}

/** Who is told of a cell that trains in several phases. */
export interface PhaseHooks<Phase extends string> extends Omit<TrainingHooks, "onCheckpoint"> {
  onPlan?(phase: Phase, steps: { readonly total: number; readonly perEpoch: number }): void;
  onActivity?(activity: { readonly phase: Phase; readonly doing: "training" }): void;
  onCheckpoint?(checkpoint: { readonly phase: Phase; readonly state: TrainingState }): Promise<void>;
}

/** What is told of a cell's phase while its classifier trains. */
export function hooksOfPhase<Phase extends string>(hooks: PhaseHooks<Phase>, phase: Phase): ClassifierHooks {
  return {
    ...hooks,
    onBegin(steps) {
      hooks.onPlan?.(phase, steps);
      hooks.onActivity?.({ phase, doing: "training" });
    },
    onCheckpoint: async (state) => hooks.onCheckpoint?.({ phase, state }),
  };
}

/**
 * Trains a classifier with the weights of its best validation, and leaves a checkpoint where it is stopped.
 * @param options `seed` of the order of its training; `from` where an earlier call stopped, null for the start
 */
export async function trainClassifier(
  network: TrainableNetwork,
  { train, validation }: { readonly train: SignalSet; readonly validation: SignalSet },
  plan: TrainingPlan,
  options: {
    readonly seed: number;
    readonly from: TrainingState | null;
    readonly hooks: ClassifierHooks;
  },
): Promise<TrainedClassifier | TrainingInterruption> {
  const { seed, from, hooks } = options;
  const perEpoch = stepsPerEpoch(train.count, Math.min(plan.batchSize, train.count));
  hooks.onBegin({ total: perEpoch * plan.epochs, perEpoch });
  const { outcome, state } = await trainNetwork(network, train, validation, plan, seed, hooks, from);
  if (outcome.kind === "cancelled") {
    await hooks.onCheckpoint(state);
    return { end: "cancelled" };
  }
  if (outcome.kind === "diverged") return { end: "diverged", reason: outcome.reason };
  return { state, stoppedEarly: outcome.kind === "stoppedEarly" };
}
