import { beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import { networkUnit } from "../../generators/heartCycle.ts";
import { networkRange } from "../../generators/scaledSignals.ts";
import { waveValues } from "../../signal/waveValues.ts";
import { typicalEta } from "../../simulators/heartOde/etaParameters.ts";
import { phaseTable, recommendedCycle } from "../../simulators/heartOde/phaseTable.ts";
import { scaleToRange } from "../../simulators/heartOde/scaling.ts";
import { simulatorLoss } from "../../simulators/heartOde/simulatorLoss.ts";
import type { ShownClass } from "./sources.ts";

/** What tells why beats are near real ones or far from them; all where beats run from −1 to 1. */
export interface Traits {
  /** Mean square of the second difference over that of real beats: 1 is as smooth as they are. */
  readonly roughness: number;
  /** SimGAN's loss, the mean square residual of the heart's equations under the typical waves of the class, in its own unit. */
  readonly residual: number;
  /** ECG-GAN's loss: the sum over P, Q, R, S, T of the mean squared difference from real heights, over all pairs. */
  readonly waves: number;
}

const waveCount = 5;

/** @param generated, real `[any, 216]` scaled */
export function traitsOf(generated: Float32Array, real: Float32Array, beatClass: ShownClass): Traits {
  const count = generated.length / beatSamples;
  return {
    roughness: meanSquareCurvature(generated) / meanSquareCurvature(real),
    residual:
      simulatorLoss({
        beats: generated,
        etas: new Array(count).fill(typicalEta(beatClass)),
        table: phaseTable(recommendedCycle),
        unit: networkUnit,
      }) *
      networkUnit.scale ** 2,
    waves: pairedDifference(waveValues(generated), waveValues(real)),
  };
}

/** Beats brought one by one to the range of the networks. */
export const inNetworkRange = (beats: Float32Array): Float32Array =>
  scaleToRange(beats, beatSamples, networkRange).samples;

function meanSquareCurvature(beats: Float32Array): number {
  let [sum, count] = [0, 0];
  for (let start = 0; start < beats.length; start += beatSamples) {
    for (let at = start + 1; at < start + beatSamples - 1; at++) {
      sum += (beats[at + 1] - 2 * beats[at] + beats[at - 1]) ** 2;
      count++;
    }
  }
  return sum / count;
}

/** Mean of (x − y)² over all pairs, summed over the waves: both variances and the square of the gap between the means. */
function pairedDifference(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let wave = 0; wave < waveCount; wave++) {
    const [first, second] = [one, other].map((values) => {
      const own = values.filter((_, at) => at % waveCount === wave);
      const mean = own.reduce((total, value) => total + value, 0) / own.length;
      return { mean, variance: own.reduce((total, value) => total + (value - mean) ** 2, 0) / own.length };
    });
    sum += first.variance + second.variance + (first.mean - second.mean) ** 2;
  }
  return sum;
}
