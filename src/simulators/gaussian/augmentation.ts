import type { Random } from "../../signal/random.ts";
import { addOscillation } from "../noise/oscillation.ts";

type Distortion = (samples: Float64Array, samplingFrequency: number, random: Random) => void;

const between = (random: Random, from: number, to: number) => from + (to - from) * random.uniform();

function addSquare(
  samples: Float64Array,
  amplitude: number,
  frequency: number,
  samplingFrequency: number,
): void {
  for (let index = 0; index < samples.length; index++) {
    samples[index] += ((frequency * index) / samplingFrequency) % 1 < 0.5 ? amplitude : -amplitude;
  }
}

/** A part of the recording, this share of it long, anywhere. */
function segment(samples: Float64Array, share: number, random: Random): Float64Array {
  const length = Math.floor(share * samples.length);
  const from = random.integer(samples.length - length + 1);
  return samples.subarray(from, from + length);
}

/** The seven operators of the released code; a phase is always 0 where its segment begins. */
const distortions: readonly Distortion[] = [
  (samples, _frequency, random) => {
    const scale = between(random, 0.25, 4);
    for (let index = 0; index < samples.length; index++) samples[index] *= scale;
  },
  (samples, frequency, random) =>
    addOscillation(samples, random.uniform(), between(random, 0.001, 0.02), 0, frequency),
  (samples, frequency, random) =>
    addSquare(samples, random.uniform(), between(random, 0.001, 0.1), frequency),
  (samples, _frequency, random) => random.addNormal(samples, between(random, 0, 0.05)),
  (samples, frequency, random) =>
    addOscillation(segment(samples, random.uniform(), random), 1, between(random, 0.001, 0.02), 0, frequency),
  (samples, frequency, random) =>
    addSquare(segment(samples, random.uniform(), random), 1, between(random, 0.001, 0.1), frequency),
  (samples, _frequency, random) => random.addNormal(segment(samples, between(random, 0, 0.2), random), 1),
];

/** Applies Poisson(2) of the seven distortions, each picked uniformly (released code, step 6). */
export function augment(samples: Float64Array, samplingFrequency: number, random: Random): void {
  for (let count = random.poisson(2); count > 0; count--) {
    distortions[random.integer(distortions.length)](samples, samplingFrequency, random);
  }
}
