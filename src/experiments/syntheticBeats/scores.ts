import { beatClasses } from "../../domain/libraryRecord.ts";
import { logitsOf } from "../../neural/training/evaluate.ts";
import type { TrainableNetwork } from "../../neural/training/network.ts";
import { type BeatSet, beatSamples } from "./beatSets.ts";
import type { CellSets } from "./protocol.ts";
import type { ScoredBeats } from "./specification.ts";

/** Softmax of every row. @param logits `[any, outputs]` */
export function softmaxRows(logits: Float32Array, outputs: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let first = 0; first < logits.length; first += outputs) {
    const row = logits.subarray(first, first + outputs);
    const highest = Math.max(...row);
    const exponentials = Array.from(row, (logit) => Math.exp(logit - highest));
    const sum = exponentials.reduce((total, each) => total + each, 0);
    probabilities.set(
      exponentials.map((each) => each / sum),
      first,
    );
  }
  return probabilities;
}

/** Probabilities of all classes for beats, `[count, outputs]`; null where it was stopped. */
export async function probabilitiesFor(
  network: TrainableNetwork,
  samples: Float32Array,
  { outputs, batchSize }: { readonly outputs: number; readonly batchSize: number },
  stopped: () => boolean,
): Promise<Float32Array | null> {
  const set = { signals: samples, count: samples.length / beatSamples, length: beatSamples };
  const logits = await logitsOf(network, set, batchSize, stopped);
  return logits === null ? null : softmaxRows(logits, outputs);
}

/** The network's probability of the class for every beat of a set; null where it was stopped. */
export async function scoredBeats(
  network: TrainableNetwork,
  set: BeatSet,
  { outputs, positive, labelOf }: Pick<CellSets, "outputs" | "positive" | "labelOf">,
  batchSize: number,
  stopped: () => boolean,
): Promise<ScoredBeats | null> {
  const all = await probabilitiesFor(network, set.samples, { outputs, batchSize }, stopped);
  if (all === null) return null;
  const isPositive = beatClasses.map((each) => (labelOf(each) === positive ? 1 : 0));
  return {
    probabilities: Float32Array.from({ length: set.count }, (_, row) => all[row * outputs + positive]),
    labels: set.classes.map((each) => isPositive[each]),
    origins: set.origins,
  };
}
