import type { Random } from "../../signal/random.ts";

type Distortion = (samples: Float64Array, samplingFrequency: number, random: Random) => void;

const between = (random: Random, from: number, to: number) => from + (to - from) * random.uniform();

function addWave(
  samples: Float64Array,
  from: number,
  to: number,
  samplingFrequency: number,
  wave: (time: number) => number,
): void {
  for (let index = from; index < to; index++) samples[index] += wave((index - from) / samplingFrequency);
}

const sine = (amplitude: number, frequency: number) => (time: number) =>
  amplitude * Math.sin(2 * Math.PI * frequency * time);
const square = (amplitude: number, frequency: number) => (time: number) =>
  (frequency * time) % 1 < 0.5 ? amplitude : -amplitude;

function segment(samples: Float64Array, share: number, random: Random): [number, number] {
  const length = Math.floor(share * samples.length);
  const from = random.integer(samples.length - length + 1);
  return [from, from + length];
}

/** The seven operators of the released code; a phase is always 0 where its segment begins. */
const distortions: readonly Distortion[] = [
  (samples, _frequency, random) => {
    const scale = between(random, 0.25, 4);
    for (let index = 0; index < samples.length; index++) samples[index] *= scale;
  },
  (samples, frequency, random) =>
    addWave(samples, 0, samples.length, frequency, sine(random.uniform(), between(random, 0.001, 0.02))),
  (samples, frequency, random) =>
    addWave(samples, 0, samples.length, frequency, square(random.uniform(), between(random, 0.001, 0.1))),
  (samples, _frequency, random) => random.addNormal(samples, between(random, 0, 0.05)),
  (samples, frequency, random) =>
    addWave(
      samples,
      ...segment(samples, random.uniform(), random),
      frequency,
      sine(1, between(random, 0.001, 0.02)),
    ),
  (samples, frequency, random) =>
    addWave(
      samples,
      ...segment(samples, random.uniform(), random),
      frequency,
      square(1, between(random, 0.001, 0.1)),
    ),
  (samples, _frequency, random) => {
    const [from, to] = segment(samples, between(random, 0, 0.2), random);
    random.addNormal(samples.subarray(from, to), 1);
  },
];

/** Applies Poisson(2) of the seven distortions, each picked uniformly (released code, step 6). */
export function augment(samples: Float64Array, samplingFrequency: number, random: Random): void {
  for (let count = random.poisson(2); count > 0; count--) {
    distortions[random.integer(distortions.length)](samples, samplingFrequency, random);
  }
}
