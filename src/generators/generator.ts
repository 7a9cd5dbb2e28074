import type * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../domain/failure.ts";
import { type GeneratedForm, generatedForms } from "../domain/generation.ts";
import type { Schema, Values } from "../domain/schema.ts";
import type { NamedVariable } from "../neural/layers/scope.ts";
import type { Measure } from "../neural/training/measures.ts";
import type { TrainableNetwork } from "../neural/training/network.ts";
import type { NamedArray } from "../neural/training/weights.ts";

/** Samples of a beat: 0.6 s at 360 Hz, R at 72. */
export const beatLength = generatedForms.beats.length;

/** What a generator learns from. */
export interface GeneratorContext {
  /** Signals of all classes, `[count, length]` in mV. */
  readonly signals: Float32Array;
  readonly count: number;
  /** Samples of a signal. */
  readonly length: number;
  /** Hz */
  readonly samplingFrequency: number;
  /** Names of the classes; one where the generator makes one class only. */
  readonly classes: readonly string[];
  /** Position in `classes` of each row. */
  readonly labels: Uint8Array;
  /** Beats of the patient whom a personal generator is made for, `[any, 216]` in mV. */
  readonly patientBeats?: Float32Array;
  /** Iterations that are planned: a model that is trained in stages divides them. */
  readonly iterations: number;
  /** Of the first weights and of everything that is drawn in training. */
  readonly seed: number;
}

/** A moment of making signals step by step. */
export interface SamplingStep {
  /** Steps that are done. */
  readonly position: number;
  /** Steps in all. */
  readonly of: number;
  /** What this moment shows, in words. */
  readonly caption: string;
  /** `[count, length]`, scaled as the finished ones. */
  readonly signals: Float32Array;
  /** Where signals are made of tokens: `[count, tokens]`, −1 where a token is still open. */
  readonly tokens?: Int32Array;
  /** How the tokens of a signal stand, one grid after the other. */
  readonly grids?: readonly TokenGridForm[];
}

/** Tokens row after row, each row over time, the lowest band first. */
export interface TokenGridForm {
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
}

/** How noise is added over the steps of a training, and which of them are gone back in sampling. */
export interface NoiseCurve {
  /** √ᾱ of each step: how much of the signal is left. */
  readonly levels: Float32Array;
  /** Steps that sampling starts from, the noisiest first; some between two whole ones. */
  readonly taken: readonly number[];
}

/**
 * A generator in training. Where rows have labels, a label is a position in the context's classes; without labels the
 * classes come in turn, row after row.
 */
export interface Generator {
  /** Numbers that a signal is made from. */
  readonly latentSize: number;
  /** What they are, in words; standard normal deviates where nothing is said. */
  readonly latentWords?: string;
  /** Iterations after which its signals begin to show what was learned; from the first on where nothing is said. */
  readonly beginsAt?: number;
  /** What `trainStep` tells, in its order; nothing where there is nothing to train. */
  readonly measures: readonly Measure[];
  /**
   * One iteration: the updates of all networks. It depends on the state, the seed and the position alone and reads nothing
   * from the device.
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
  /** Signals of latent vectors by the running statistics, `[count, length]`, where signals run from −1 to 1. */
  sampleScaled(latents: Float32Array, labels?: Uint8Array): Promise<Float32Array>;
  /** As `sampleScaled`, in fewer steps where that takes many: for looks during training. */
  previewScaled?(latents: Float32Array, labels?: Uint8Array): Promise<Float32Array>;
  /** Real signals in mV as `sampleScaled` gives generated ones; absent where each is scaled from −1 to 1 by itself. */
  scaled?(signals: Float32Array): Float32Array;
  /** Scaled signals in mV: where each is scaled by itself, from the lowest to the highest value of one of its class. */
  inMillivolt(scaled: Float32Array, seed: number, labels?: Uint8Array): Float32Array;
  /** New signals, `[count, length]` in mV. @param label of all of them, or of each */
  sample(count: number, seed: number, label?: number | Uint8Array): Promise<Float32Array>;
  /**
   * Makes signals as `sampleScaled` does and tells of the steps on the way; absent where there is one step only.
   * @param seed of what is drawn in the steps
   * @param stopped asked between steps; then what has been reached is returned
   */
  watchSampling?(
    latents: Float32Array,
    labels: Uint8Array,
    seed: number,
    onStep: (step: SamplingStep) => void | Promise<void>,
    stopped: () => boolean,
  ): Promise<Float32Array>;
  /** Where signals are made of noise. */
  readonly noise?: NoiseCurve;
  /** Scaled real signals through the model's own code and back, `[count, length]`; absent where it has none. */
  reconstruct?(signals: Float32Array): Promise<Float32Array>;
  /** The trained network from latent vectors to its output, for export; null where there is none. */
  readonly network: TrainableNetwork | null;
  /** Trained variables of the generator alone. */
  readonly parameters: readonly NamedVariable[];
  dispose(): void;
}

/** How a generator is trained. */
export interface OfferedTraining {
  /** What differs from the defaults. */
  readonly hyperparameters: Values;
  readonly iterations: number;
}

/** Trainings that can be chosen as a whole. */
export interface OfferedTrainings {
  /** With the values of the papers and their programs; for ten seconds some are ours. */
  readonly usual: OfferedTraining;
  /** In minutes without a graphics card; null where there is none. */
  readonly short: OfferedTraining | null;
  /** In everything as the authors' program; absent where the usual one is not far from that, or there is no program. */
  readonly released?: OfferedTraining;
}

/** What the page is told of a generator. */
export interface GeneratorDescription {
  readonly title: string;
  /** One sentence for the chooser. */
  readonly description: string;
  readonly paper: string;
  /** What it can make. */
  readonly forms: readonly GeneratedForm[];
  /** Learns several classes at once. */
  readonly isConditional: boolean;
  /** How, where that is our reconstruction. */
  readonly classNote?: string;
  /** Needs beats of a patient beside those of the class. */
  readonly isPersonal: boolean;
  /** Needs training; one without only draws. */
  readonly isTrained: boolean;
  /** Makes signals in many steps, which can be watched. */
  readonly isStepwise?: boolean;
  /** Keeps signals as tokens, through which real ones go and come back. */
  readonly hasTokens?: boolean;
  readonly hyperparameters: Schema;
}

/** A generator with how it can be trained for each form. */
export type DescribedGenerator = GeneratorDescription & {
  readonly trainings: Readonly<Record<GeneratedForm, OfferedTrainings>>;
};

/** A generator of the registry. */
export interface GeneratorModel extends GeneratorDescription {
  /** @throws Failure `too-few-signals`, `one-class-only`, `no-patient-beats`, `no-simulated-class` or `eta-not-fitted` */
  build(values: Values, context: GeneratorContext): Generator;
}

/** A generator for the registry: its description and what builds it, which refuses classes that it cannot tell apart. */
export const defineGenerator = (model: GeneratorModel): GeneratorModel => ({
  ...model,
  build(values, context) {
    checkClasses(model, context.classes);
    return model.build(values, context);
  },
});

/**
 * Checks that a model makes what is asked of it.
 * @throws Failure `form-not-offered`, `no-class` or `one-class-only`
 */
export function checkOffer(
  model: GeneratorDescription,
  { form, classes }: { readonly form: GeneratedForm; readonly classes: readonly string[] },
): void {
  if (!model.forms.includes(form)) {
    throw new Failure(
      "form-not-offered",
      `${model.title} does not make ${form}.`,
      form,
      `Choose ${model.forms.join(" or ")}, or another generator.`,
    );
  }
  checkClasses(model, classes);
}

function checkClasses(
  { title, isConditional }: Pick<GeneratorDescription, "title" | "isConditional">,
  classes: readonly string[],
): void {
  if (classes.length === 0) {
    throw new Failure("no-class", "There is no class to learn.", title, "Choose at least one.");
  }
  if (classes.length > 1 && !isConditional) {
    throw new Failure(
      "one-class-only",
      `${title} learns one class at a time.`,
      classes.join(", "),
      "Choose one of them, or a generator of several classes.",
    );
  }
}

/**
 * The label of each row: the same for all, one for each, or the classes in turn where none is given.
 * @param classes how many there are
 */
export function labelsOf(count: number, classes: number, label?: number | Uint8Array): Uint8Array {
  return typeof label === "object"
    ? label
    : Uint8Array.from({ length: count }, (_, row) => label ?? row % classes);
}
