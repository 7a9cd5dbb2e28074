import type * as tf from "@tensorflow/tfjs-core";
import type { BeatClass } from "../domain/libraryRecord.ts";
import type { Schema, Values } from "../domain/schema.ts";
import type { Measure } from "../neural/adversarial/training.ts";
import type { NamedVariable } from "../neural/layers/scope.ts";
import type { TrainableNetwork } from "../neural/training/network.ts";
import type { NamedArray } from "../neural/training/weights.ts";

/** Samples of a beat: 0.6 s at 360 Hz, R at 72. */
export const beatLength = 216;

/** What a generator learns from. */
export interface GeneratorContext {
  /** Beats of one class, `[count, 216]` in mV. */
  readonly beats: Float32Array;
  readonly count: number;
  readonly beatClass: BeatClass;
  /** Beats of the patient whom a personal generator is made for, `[any, 216]` in mV. */
  readonly patientBeats?: Float32Array;
  /** Of the first weights and of everything that is drawn in training. */
  readonly seed: number;
}

/** A generator of beats in training. */
export interface Generator {
  /** Numbers of a latent vector. */
  readonly latentSize: number;
  /** What `trainStep` tells, in its order; nothing where there is nothing to train. */
  readonly measures: readonly Measure[];
  /**
   * One iteration: the discriminator's updates, then the generator's. It depends on the state, the seed and the position
   * alone and reads nothing from the device.
   * @param position iterations since the start
   * @returns `[measures]`, for `readMeasures`, which disposes of it
   */
  trainStep(position: number): tf.Tensor1D;
  /** All that a training needs to go on as if it had never stopped. */
  state(): Promise<NamedArray[]>;
  /** Goes on from a state. @throws Failure `weights-mismatch` where it is that of another model */
  restore(state: readonly NamedArray[]): void;
  /** Latent vectors for `sampleScaled`, `[count, latentSize]`. */
  drawLatents(count: number, seed: number): Float32Array;
  /** Beats of latent vectors by the running statistics, `[count, 216]`, where beats run from −1 to 1. */
  sampleScaled(latents: Float32Array): Promise<Float32Array>;
  /** Scaled beats in mV, each from the lowest to the highest value of some beat that the generator was trained on. */
  inMillivolt(scaled: Float32Array, seed: number): Float32Array;
  /** New beats, `[count, 216]` in mV. */
  sample(count: number, seed: number): Promise<Float32Array>;
  /** The trained network from latent vectors to its output, for export; null where there is none. */
  readonly network: TrainableNetwork | null;
  /** Trained variables of the generator alone. */
  readonly parameters: readonly NamedVariable[];
  dispose(): void;
}

/** What the page is told of a generator. */
export interface GeneratorDescription {
  readonly title: string;
  /** One sentence for the chooser. */
  readonly description: string;
  readonly paper: string;
  /** Needs beats of a patient beside those of the class. */
  readonly isPersonal: boolean;
  /** Needs training; one without only draws. */
  readonly isTrained: boolean;
  readonly hyperparameters: Schema;
}

/** A generator of the registry. */
export interface GeneratorModel extends GeneratorDescription {
  /** @throws Failure `too-few-beats`, `no-patient-beats`, `no-simulated-class` or `eta-not-fitted` */
  build(values: Values, context: GeneratorContext): Generator;
}

/** A generator for the registry: its description and what builds it. */
export const defineGenerator = (model: GeneratorModel): GeneratorModel => model;
