import { Failure } from "../../domain/failure.ts";
import type { TrueBeat } from "../../domain/groundTruth.ts";
import { numberAt, type Values } from "../../domain/schema.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { standardise } from "../../signal/standardise.ts";
import { addMuscleNoise } from "../noise/muscle.ts";
import { addOscillation } from "../noise/oscillation.ts";
import type { SimulatedRecording, SimulationRequest } from "../simulator.ts";
import { augment } from "./augmentation.ts";
import { synthesiseBuffered } from "./buffered.ts";
import { synthesiseEvents } from "./events.ts";
import { namedValues, type Plan, planOf, type Settled, settleDrawn, settleExact, streams } from "./plan.ts";

/** Centres of the three sines of the clinical baseline, Hz; each is drawn ± a third around. */
const respirationFrequencies = [0.1, 0.25, 0.4] as const;

/** One generator a stream, begun anew for every recording. */
const generators = Object.fromEntries(
  Object.entries(streams).map(([name, stream]) => [name, createRandom(0, stream)]),
) as Record<keyof typeof streams, Random>;

function reseed(seed: number): void {
  for (const [name, stream] of Object.entries(streams))
    generators[name as keyof typeof streams].reseed(seed, stream);
}

let work = new Float64Array(0);

/**
 * One recording of the Gaussian-composition simulator with its ground truth.
 * @throws Failure for a parameter, duration (1–3600 s) or sampling frequency (50–2000 Hz) out of range
 */
export function simulateGaussian(request: SimulationRequest): SimulatedRecording {
  checkTiming(request);
  const plan = planOf(request);
  reseed(request.seed);
  const settled =
    request.variation === "drawn" ? settleDrawn(plan, generators.parameters) : settleExact(plan);
  const samples = new Float32Array(Math.round(request.duration * request.samplingFrequency));
  const beats: TrueBeat[] = [];
  fill(plan, settled, request.samplingFrequency, samples, beats);
  return {
    samplingFrequency: request.samplingFrequency,
    samples,
    unit: plan.values["standardise"] === true ? "SD" : "mV",
    truth: { beats, rhythm: plan.rhythm.annotation },
    parameters: namedValues(plan, settled),
  };
}

/**
 * Many recordings of one request, with seeds `seed`, `seed + 1` …: sample for sample what `simulateGaussian` gives,
 * without its ground truth. Nothing is looked up or allocated for each.
 * @returns `[recording, time]`, in `into` where given
 */
export function simulateBatch(request: SimulationRequest, count: number, into?: Float32Array): Float32Array {
  checkTiming(request);
  const plan = planOf(request);
  const length = Math.round(request.duration * request.samplingFrequency);
  const all = into ?? new Float32Array(count * length);
  const packed = new Float64Array(plan.quantities.length);
  for (let index = 0; index < count; index++) {
    reseed((request.seed + index) >>> 0);
    const settled =
      request.variation === "drawn" ? settleDrawn(plan, generators.parameters, packed) : settleExact(plan);
    fill(plan, settled, request.samplingFrequency, all.subarray(index * length, (index + 1) * length), null);
  }
  return all;
}

function fill(
  plan: Plan,
  settled: Settled,
  samplingFrequency: number,
  out: Float32Array,
  truth: TrueBeat[] | null,
): void {
  if (work.length !== out.length) work = new Float64Array(out.length);
  const samples = work;
  const run = plan.rhythm.begin(settled.values, plan.timing, generators.rhythm);
  if (plan.timing === "beat") {
    synthesiseBuffered(plan, settled, run, generators, samplingFrequency, samples, truth);
  } else {
    samples.fill(0);
    synthesiseEvents(plan, settled, run, generators.beats, samplingFrequency, samples, truth ?? []);
  }
  run.addAtrialActivity(samples, samplingFrequency);
  addNoise(samples, settled.values, samplingFrequency);
  if (plan.values["poissonAugmentation"] === true)
    augment(samples, samplingFrequency, generators.augmentation);
  if (plan.values["standardise"] === true) standardise(samples);
  out.set(samples);
}

function addNoise(samples: Float64Array, values: Values, samplingFrequency: number): void {
  if (values["noise"] === "white") generators.noise.addNormal(samples, numberAt(values, "noise.whiteSd"));
  addMuscleNoise(samples, numberAt(values, "muscle.sd"), generators.muscle);
  const { baseline } = generators;
  const phase = () => 2 * Math.PI * baseline.uniform();
  const amplitude = numberAt(values, "baseline.amplitude");
  if (values["baseline"] === "sine") {
    addOscillation(samples, amplitude, numberAt(values, "baseline.frequency"), phase(), samplingFrequency);
  } else if (values["baseline"] === "respiration") {
    for (const centre of respirationFrequencies) {
      const frequency = centre * (1 + (2 * baseline.uniform() - 1) / 3);
      addOscillation(samples, amplitude, frequency, phase(), samplingFrequency);
    }
  }
  addOscillation(
    samples,
    numberAt(values, "mains.amplitude"),
    Number(values["mains.frequency"]),
    phase(),
    samplingFrequency,
  );
}

function checkTiming({ duration, samplingFrequency, seed }: SimulationRequest): void {
  const check = (place: string, value: number, from: number, to: number, unit: string) => {
    if (value >= from && value <= to) return;
    throw new Failure(
      "parameter-out-of-range",
      `${value} is not allowed here.`,
      place,
      `Give ${from} to ${to}${unit}.`,
    );
  };
  check("duration", duration, 1, 3600, " s");
  check("sampling frequency", samplingFrequency, 50, 2000, " Hz");
  check("seed", seed, 0, 2 ** 32 - 1, "");
}
