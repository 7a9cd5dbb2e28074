import { Failure } from "../../domain/failure.ts";
import type { Generator } from "../../generators/generator.ts";
import { breathe } from "../../neural/training/breathe.ts";

/** How far the making of many signals is. */
export interface MakingProgress {
  readonly done: number;
  readonly of: number;
  /** s; null until it can be told honestly. */
  readonly secondsLeft: number | null;
}

/** Signals that are made at once. */
const rowsAtOnce = 64;
/** s of experience before a remaining time is told. */
const firstEstimate = 1;

let making: { readonly of: number; readonly began: number; done: number; stopWanted: boolean } | null = null;

/** What the training worker offers of the making of many signals. */
export const makingFunctions = {
  /** How far the making at hand is, or null. */
  async makingProgress(): Promise<MakingProgress | null> {
    if (making === null) return null;
    const { done, of, began } = making;
    const elapsed = (performance.now() - began) / 1000;
    const isKnown = done > 0 && elapsed > firstEstimate;
    return { done: Math.floor(done), of, secondsLeft: isKnown ? (elapsed * (of - done)) / done : null };
  },

  async stopMaking(): Promise<void> {
    if (making !== null) making.stopWanted = true;
  },
};

/**
 * New signals in mV as `sample` gives them, made in parts: between these, and between the steps of a part where it takes
 * several, progress can be asked for and the making stopped.
 * @throws Failure `making-running` or `making-stopped`
 */
export async function madeInParts(
  generator: Generator,
  count: number,
  seed: number,
  labels: Uint8Array,
): Promise<Float32Array> {
  if (making !== null) {
    throw new Failure("making-running", "Signals are being made.", "Generate", "Wait for them, or stop it.");
  }
  const own = { of: count, began: performance.now(), done: 0, stopWanted: false };
  making = own;
  try {
    const latents = generator.drawLatents(count, seed);
    const parts: Float32Array[] = [];
    for (let first = 0; first < count; first += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, count - first);
      const some = latents.slice(first * generator.latentSize, (first + rows) * generator.latentSize);
      const chosen = labels.slice(first, first + rows);
      parts.push(
        generator.watchSampling === undefined
          ? await generator.sampleScaled(some, chosen)
          : await generator.watchSampling(
              some,
              chosen,
              seed,
              ({ position, of }) => {
                own.done = first + (rows * position) / of;
              },
              () => own.stopWanted,
            ),
      );
      await breathe();
      if (own.stopWanted) {
        throw new Failure(
          "making-stopped",
          `It was stopped after ${Math.floor(own.done)} of ${count} signals; none is kept.`,
          "Generate",
          "Ask for fewer, or wait for all.",
        );
      }
      own.done = first + rows;
    }
    return generator.inMillivolt(joined(parts), seed, labels);
  } finally {
    making = null;
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
