import { Failure } from "../../domain/failure.ts";
import type { TrueBeat } from "../../domain/groundTruth.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { standardise } from "../../signal/standardise.ts";
import { noises } from "../noise/index.ts";
import type { SimulatedRecording, SimulationRequest } from "../simulator.ts";
import { augment } from "./augmentation.ts";
import { synthesiseBuffered } from "./buffered.ts";
import { shapedBeats, synthesiseEvents } from "./events.ts";
import {
  namedValues,
  noiseStream,
  type Plan,
  planOf,
  type Settled,
  settleDrawn,
  settleExact,
  streams,
} from "./plan.ts";

/** One generator a stream, begun anew for every recording. */
const streamNames = Object.keys(streams) as (keyof typeof streams)[];
const generators = Object.fromEntries(
  streamNames.map((name) => [name, createRandom(0, streams[name])]),
) as Record<keyof typeof streams, Random>;

/** The disturbances of the registry, each with its own generator. */
const disturbances = Object.values(noises).map((noise, place) => {
  const stream = noiseStream(place);
  return { noise, stream, random: createRandom(0, stream) };
});

function reseed(seed: number): void {
  for (const name of streamNames) generators[name].reseed(seed, streams[name]);
  for (const { random, stream } of disturbances) random.reseed(seed, stream);
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

/**
 * The beats of an exact recording of the clinical preset with other numbers in its packed table: the same draws for the
 * same seed, whatever the numbers.
 * @param packed the recording's table; that of the request where not given
 */
export function exactBeats(
  request: SimulationRequest,
  packed?: Float64Array,
): readonly { readonly time: number; readonly packed: Float64Array; readonly hasDelta: boolean }[] {
  const plan = planOf(request);
  reseed(request.seed);
  const settled = { ...settleExact(plan), ...(packed === undefined ? {} : { packed }) };
  const run = plan.rhythm.begin(settled.values, plan.timing, generators.rhythm);
  return Array.from(shapedBeats(plan, settled, run, generators.beats, request.duration), (beat) => ({
    time: beat.time,
    packed: beat.packed.slice(),
    hasDelta: beat.delta !== null,
  }));
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
  for (const { noise, random } of disturbances) {
    noise.add(samples, settled.values, samplingFrequency, random);
  }
  if (plan.values["poissonAugmentation"] === true)
    augment(samples, samplingFrequency, generators.augmentation);
  if (plan.values["standardise"] === true) standardise(samples);
  out.set(samples);
}

function checkTiming({ duration, samplingFrequency, seed }: SimulationRequest): void {
  const check = (place: string, value: number, from: number, to: number, unit: string) => {
    if (value >= from && value <= to && (place !== "seed" || Number.isInteger(value))) return;
    throw new Failure(
      "parameter-out-of-range",
      `${value} is not allowed here.`,
      place,
      `Give ${from} to ${to}${unit}.`,
    );
  };
  check("duration", duration, 1, 3600, " s");
  check("sampling frequency", samplingFrequency, 50, 2000, " Hz");
  check("seed", seed, 0, 2 ** 32 - 1, " without fraction");
}
