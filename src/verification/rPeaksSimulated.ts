import type { Values } from "../domain/schema.ts";
import { defaultsOf } from "../domain/schema.ts";
import { type BeatScore, grossScore, matchBeats, timingOf } from "../evaluation/metrics/beatMatching.ts";
import { createRandom } from "../signal/random.ts";
import { rPeakDetectors } from "../signal/rPeaks/index.ts";
import { simulators } from "../simulators/index.ts";
import { noises } from "../simulators/noise/index.ts";
import type { NoiseDefaults } from "../simulators/noise/noise.ts";
import { percent, spread, table } from "./markdown.ts";

/** Simulators with the preset and the rhythms that are tried. */
const kinds = [
  { simulator: "gaussian", preset: "clinical", rhythms: ["normal", "af", "pvc"] },
  { simulator: "mcsharry", preset: "ecgsyn", rhythms: ["normal", "af"] },
] as const;

/** A disturbance, switched on; how strong is decided by the ratio. */
const disturbances: Readonly<Record<string, Values>> = {
  white: { noise: "white", "noise.whiteSd": 1 },
  wander: { baseline: "respiration", "baseline.amplitude": 1 },
  muscle: { "muscle.sd": 1 },
};
/** Signal over noise, dB. */
const ratios = [24, 12, 6] as const;
const frequencies = [100, 250, 360, 500, 1000] as const;
/** Frequency of the table of disturbances: that of MIT-BIH, Hz. */
const usualFrequency = 360;
const seeds = [1, 2, 3, 4, 5] as const;
/** s */
const duration = 120;
/** Of the random stream of the disturbances, apart from those of the simulators. */
const noiseStream = 1000;

const silent: NoiseDefaults = {
  noise: "none",
  baseline: "none",
  whiteSd: 0,
  whiteSpread: null,
  baselineAmplitude: 0,
  baselineSpread: null,
  beatwise: false,
};

interface Sample {
  readonly samples: Float32Array;
  readonly beats: readonly number[];
}

/** Markdown: how the detectors find simulated beats under disturbances, and at several sampling frequencies. */
export function simulatedSection(progress: (line: string) => void): string {
  const rows = kinds.flatMap(({ simulator, preset, rhythms }) =>
    rhythms.flatMap((rhythm) => {
      progress(`simulated: ${simulator}, ${rhythm}`);
      const clean = seeds.map((seed) => simulate(simulator, preset, rhythm, seed, usualFrequency));
      const noisy = Object.keys(disturbances).flatMap((name) =>
        ratios.map((ratio) => ({
          title: `${noises[name].title.toLowerCase()}, ${ratio} dB`,
          recordings: clean.map((one, index) => disturbed(one, name, ratio, seeds[index], usualFrequency)),
        })),
      );
      return [{ title: "none", recordings: clean }, ...noisy].map(({ title, recordings }) => [
        `${simulator} ${rhythm}`,
        title,
        ...cells(recordings, usualFrequency),
      ]);
    }),
  );
  const rates = kinds.flatMap(({ simulator, preset, rhythms }) =>
    rhythms.flatMap((rhythm) =>
      frequencies.map((frequency) => {
        const recordings = seeds.map((seed) => simulate(simulator, preset, rhythm, seed, frequency));
        return [`${simulator} ${rhythm}`, frequency, ...cells(recordings, frequency)];
      }),
    ),
  );
  const columns = Object.values(rPeakDetectors).flatMap(({ title }) => [
    `${title}: Se %`,
    "+P %",
    "error ms",
  ]);
  return [
    "## Simulated recordings",
    `${seeds.length} recordings of ${duration} s for each line, parameters drawn (seeds ${seeds[0]} to ${seeds.at(-1)}), ` +
      `sampled at ${usualFrequency} Hz; the simulators' own noise is off. The ratio is the variance of the clean lead ` +
      "over that of the disturbance. Truth is the simulators' own. The dynamical model has no ventricular ectopic beats.",
    table(["rhythm", "disturbance", ...columns], rows),
    "## Sampling frequencies",
    "The same rhythms without disturbance.",
    table(["rhythm", "Hz", ...columns], rates),
  ].join("\n\n");
}

function simulate(
  simulator: string,
  preset: string,
  rhythm: string,
  seed: number,
  samplingFrequency: number,
): Sample {
  const one = simulators[simulator];
  const schema = one.schema(preset, rhythm);
  const off: Values = { noise: "none", baseline: "none", "muscle.sd": 0, "mains.amplitude": 0 };
  const overrides = Object.fromEntries(Object.entries(off).filter(([key]) => schema[key] !== undefined));
  const { samples, truth } = one.simulate({
    preset,
    rhythm,
    overrides,
    seed,
    variation: "drawn",
    duration,
    samplingFrequency,
  });
  return { samples, beats: truth.beats.map(({ rPeak }) => rPeak) };
}

function disturbed(
  clean: Sample,
  name: string,
  decibels: number,
  seed: number,
  samplingFrequency: number,
): Sample {
  const noise = noises[name];
  const added = new Float64Array(clean.samples.length);
  const values = { ...defaultsOf(noise.fields(silent)), ...disturbances[name] };
  noise.add(added, values, samplingFrequency, createRandom(seed, noiseStream));
  const scale = Math.sqrt(variance(clean.samples) / variance(added) / 10 ** (decibels / 10));
  return { ...clean, samples: clean.samples.map((value, at) => value + scale * added[at]) };
}

function variance(samples: Float32Array | Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const value of samples) {
    sum += value;
    squares += value * value;
  }
  return squares / samples.length - (sum / samples.length) ** 2;
}

/** Sensitivity, positive predictivity and timing error of each detector. */
function cells(recordings: readonly Sample[], samplingFrequency: number): string[] {
  return Object.values(rPeakDetectors).flatMap(({ detect }) => {
    const gross: BeatScore = grossScore(
      recordings.map(({ samples, beats }) =>
        matchBeats(beats, detect(samples, samplingFrequency), samplingFrequency),
      ),
    );
    return [percent(gross.sensitivity), percent(gross.positivePredictivity), spread(timingOf(gross))];
  });
}
