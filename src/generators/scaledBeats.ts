import { Failure } from "../domain/failure.ts";
import { drawsAt } from "../neural/adversarial/draws.ts";
import { type BeatPool, rowsOf } from "../neural/adversarial/realBatches.ts";
import { scaleBack, scaleToRange, type ValueRange } from "../simulators/heartOde/scaling.ts";
import { beatLength, type GeneratorContext } from "./generator.ts";

/**
 * To what every beat is scaled for every network. The released programs scale for some and not for others, and add beats of
 * 0.06 to training sets of 1 to 3 mV, which a classifier tells apart by their height alone.
 */
export const networkRange: ValueRange = { lowest: -1, highest: 1 };

/** Real beats as the networks see them, with the way back to mV. */
export interface ScaledPool extends BeatPool {
  /** Scaled beats in mV, each between the lowest and the highest value of a beat of the pool drawn for it. */
  inMillivolt(scaled: Float32Array, seed: number): Float32Array;
}

/** Beats scaled one by one to [−1, 1]. @throws Failure `too-few-beats` below two */
export function scaledPool({ beats, count, beatClass }: GeneratorContext): ScaledPool {
  if (beats.length !== count * beatLength)
    throw new RangeError(`${beats.length} samples are not ${count} beats of ${beatLength}`);
  if (count < 2) {
    throw new Failure(
      "too-few-beats",
      `A generator needs at least two beats of a class; there are ${count}.`,
      beatClass,
      "Choose another class or more recordings.",
    );
  }
  const { samples, lowest, highest } = scaleToRange(beats, beatLength, networkRange);
  return {
    samples,
    count,
    length: beatLength,
    inMillivolt(scaled, seed) {
      const random = drawsAt(seed, "ranges");
      const rows = Array.from({ length: scaled.length / beatLength }, () => random.integer(count));
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
export function patientPool(context: GeneratorContext): ScaledPool {
  const beats = context.patientBeats ?? new Float32Array(0);
  const count = beats.length / beatLength;
  if (count < 2) {
    throw new Failure(
      "no-patient-beats",
      `A personal generator needs at least two beats of the patient; there are ${count}.`,
      context.beatClass,
      "Choose a patient with beats of this class at the beginning of the recording.",
    );
  }
  return scaledPool({ ...context, beats, count });
}

/** Rows of a pool drawn with replacement. */
export function drawnRows(pool: BeatPool, count: number, integer: (n: number) => number): Float32Array {
  return rowsOf(
    pool,
    Array.from({ length: count }, () => integer(pool.count)),
  );
}
