import { Failure } from "../domain/failure.ts";
import { drawsAt } from "../neural/adversarial/draws.ts";
import { rowsOf, type SignalPool } from "../neural/adversarial/realBatches.ts";
import { scaleBack, scaleToRange, type ValueRange } from "../simulators/heartOde/scaling.ts";
import { beatLength, type GeneratorContext, labelsOf } from "./generator.ts";
import { candidatesOf, rowOfLikeForm } from "./likeForm.ts";

/**
 * To what every signal is scaled for every network. The released programs scale for some and not for others, and add beats of
 * 0.06 to training sets of 1 to 3 mV, which a classifier tells apart by their height alone.
 */
export const networkRange: ValueRange = { lowest: -1, highest: 1 };

/** Real signals as the networks see them, with the way back to mV. */
export interface ScaledPool extends SignalPool {
  /** Position of each row's class. */
  readonly labels: Uint8Array;
  /**
   * Scaled signals in mV, each between the lowest and the highest value of a row of its class drawn for it, of all or of those
   * of like form.
   * @param labels of the rows; the classes in turn where not given
   */
  inMillivolt(scaled: Float32Array, seed: number, labels?: Uint8Array): Float32Array;
}

/** Rows of each class. @throws Failure `too-few-signals` below two of a class */
export function classMembers({
  signals,
  count,
  length,
  classes,
  labels,
}: Pick<GeneratorContext, "signals" | "count" | "length" | "classes" | "labels">): number[][] {
  if (signals.length !== count * length)
    throw new RangeError(`${signals.length} samples are not ${count} signals of ${length}`);
  if (labels.length !== count)
    throw new RangeError(`${labels.length} labels are not those of ${count} signals`);
  return classes.map((name, label) => {
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === label);
    if (rows.length >= 2) return rows;
    throw new Failure(
      "too-few-signals",
      `A generator needs at least two signals of a class; there are ${rows.length}.`,
      name,
      "Choose another class or more recordings.",
    );
  });
}

/** Whose lowest and highest values a generated signal takes in mV: of any real one of its class, or of one of like form. */
export type Heights = "any" | "like";

export interface PoolOptions {
  readonly heights: Heights;
  /** Signals stay in mV where not. */
  readonly isScaled: boolean;
}

const usualOptions: PoolOptions = { heights: "any", isScaled: true };

/** Signals scaled one by one to [−1, 1], or as they are. @throws Failure `too-few-signals` below two of a class */
export function scaledPool(
  context: GeneratorContext,
  { heights, isScaled }: PoolOptions = usualOptions,
): ScaledPool {
  const { signals, count, length, classes, labels } = context;
  const members = classMembers(context);
  if (!isScaled) return { samples: signals, count, length, labels, inMillivolt: (made) => made };
  const { samples, lowest, highest } = scaleToRange(signals, length, networkRange);
  const candidates = members.map(candidatesOf);
  return {
    samples,
    count,
    length,
    labels,
    inMillivolt(scaled, seed, wanted) {
      const random = drawsAt(seed, "ranges");
      const own = labelsOf(scaled.length / length, classes.length, wanted);
      const rows = Array.from(own, (label, row) => {
        if (heights === "any") return members[label][random.integer(members[label].length)];
        const signal = scaled.subarray(row * length, (row + 1) * length);
        return rowOfLikeForm({ samples, length }, candidates[label], signal, random);
      });
      return scaleBack(
        {
          samples: scaled,
          lowest: Float32Array.from(rows, (row) => lowest[row]),
          highest: Float32Array.from(rows, (row) => highest[row]),
        },
        networkRange,
      );
    },
  };
}

/** The patient's beats of a context, scaled alike. @throws Failure `no-patient-beats` */
export function patientPool(context: GeneratorContext, options: PoolOptions): ScaledPool {
  const signals = context.patientBeats ?? new Float32Array(0);
  const count = signals.length / beatLength;
  if (count < 2) {
    throw new Failure(
      "no-patient-beats",
      `A personal generator needs at least two beats of the patient; there are ${count}.`,
      context.classes[0],
      "Choose a patient with beats of this class at the beginning of the recording.",
    );
  }
  return scaledPool({ ...context, signals, count, labels: new Uint8Array(count) }, options);
}

/**
 * Beats of the population and of the patient, scaled alike: as many as the population has, the patient's a share of them.
 * @param context with beats of the patient
 */
export function mixedPool(context: GeneratorContext, patientShare: number, options: PoolOptions): ScaledPool {
  const { signals, count, length } = context;
  const own = context.patientBeats ?? new Float32Array(0);
  const ownCount = own.length / length;
  const ofPatient = Math.round(count * patientShare);
  const mixed = new Float32Array(signals.length);
  for (let row = 0; row < count; row++) {
    const isOwn = row < ofPatient;
    const from = isOwn ? row % ownCount : Math.floor(((row - ofPatient) * count) / (count - ofPatient));
    mixed.set((isOwn ? own : signals).subarray(from * length, (from + 1) * length), row * length);
  }
  return scaledPool({ ...context, signals: mixed, labels: new Uint8Array(count) }, options);
}

/** Rows of a pool drawn with replacement. */
export function drawnRows(pool: SignalPool, count: number, integer: (n: number) => number): Float32Array {
  return rowsOf(
    pool,
    Array.from({ length: count }, () => integer(pool.count)),
  );
}
