import * as tf from "@tensorflow/tfjs-core";
import { probedNetwork } from "../classifiers/probedNetwork.ts";
import { gruClassifier } from "../classifiers/recurrent.ts";
import { resolveValues } from "../domain/schema.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { availableBackends } from "../neural/backend/probe.ts";
import { createRandom } from "../signal/random.ts";
import { signalBaseline, signalCases, signalRates, stockSignals } from "./diffusionRates.ts";
import {
  generatorBaseline,
  generatorCases,
  generatorRates,
  generatorSizes,
  generatorTitle,
} from "./generatorRates.ts";
import { type PairedRates, settled } from "./pairedRates.ts";
import { titleOf, trainingCases, trainingRates } from "./trainingRates.ts";

/** What the benchmark's page offers to the program that opened it, as `window.trainingBench`. */
export interface TrainingBench {
  /** Graphics backends that can be opened, and whether the processor imitates the card. */
  graphics(): Promise<
    readonly { readonly name: BackendName; readonly adapter: string; readonly software: boolean }[]
  >;
  /** What is measured, smaller where the processor imitates the card. */
  cases(software: boolean): readonly MeasuredCase[];
  /** Steps a second of ours and of tfjs's own. @param index of the case */
  measure(index: number, backend: BackendName, software: boolean): Promise<PairedRates>;
  /** What a training holds after the first and after the last of its steps. */
  memory(backend: BackendName, steps: number): Promise<{ readonly first: Held; readonly last: Held }>;
}

export interface MeasuredCase {
  readonly name: string;
  readonly title: string;
  readonly baseline: string;
  /** Whether the baseline is tfjs's own form of the very same training, than which ours is never slower. */
  readonly isPromised: boolean;
}

/** Memory that a backend holds, with what it keeps for use again. */
export interface Held {
  readonly tensors: number;
  readonly bytes: number;
}

interface OpenCase extends MeasuredCase {
  measure(backend: BackendName): Promise<PairedRates>;
}

/** Of models of signals. */
const signalSizes = {
  small: { size: "tiny", batch: 4 },
  full: { size: "browser", batch: 32 },
} as const;

function casesOf(software: boolean): OpenCase[] {
  const classifiers = trainingCases.map((each): OpenCase => {
    const size = software ? each.small : each.full;
    return {
      name: each.name,
      title: titleOf(each, size),
      baseline: each.baseline,
      isPromised: true,
      measure: (backend) => trainingRates(each, size, backend),
    };
  });
  const pairs = generatorCases.map((each): OpenCase => {
    const size = software ? generatorSizes.small : generatorSizes.paper;
    return {
      name: each.name,
      title: generatorTitle(each, size),
      baseline: generatorBaseline,
      isPromised: true,
      measure: (backend) => generatorRates(each, size, backend),
    };
  });
  const signals = signalCases.map((each): OpenCase => {
    const size = software ? signalSizes.small : signalSizes.full;
    const words = size.size === "tiny" ? ", tiny" : "";
    return {
      name: each.name,
      title: `${each.name}${words}, ${size.batch} beats`,
      baseline: each.isStock ? stockSignals : signalBaseline,
      isPromised: false,
      measure: (backend) => signalRates(each, size, backend),
    };
  });
  return [...classifiers, ...pairs, ...signals];
}

/** Steps after which buffers and textures that are used again have all been made. */
const settledAfter = 20;

const trainingBench: TrainingBench = {
  async graphics() {
    const found = await availableBackends(["webgpu", "webgl"]);
    return found.flatMap(({ name, info }) =>
      info === null ? [] : [{ name, adapter: info.adapter, software: info.software }],
    );
  },
  cases: (software) => casesOf(software).map(({ measure: _, ...told }) => told),
  measure: (index, backend, software) => casesOf(software)[index].measure(backend),
  async memory(backend, steps) {
    await openBackend(backend);
    const size = { length: 100, batch: 2 };
    const values = { recurrentUnits: "16", recurrentDepth: 1, backboneWidth: "16", chunkLength: "50" };
    const architecture = gruClassifier.build(resolveValues(gruClassifier.hyperparameters, values), {
      length: size.length,
      outputs: 1,
      random: createRandom(1),
    });
    const variables = architecture.parameters.map(({ variable }) => variable);
    const network = probedNetwork(architecture, size.batch, size.length);
    for (let step = 0; step < settledAfter; step++) await network.step();
    await settled(variables);
    const first = held();
    for (let step = settledAfter; step < steps; step++) await network.step();
    await settled(variables);
    const last = held();
    network.dispose();
    return { first, last };
  },
};

function held(): Held {
  const { numTensors, numBytesAllocatedInGPU, numBytesInGPUAllocated } = tf.memory() as tf.MemoryInfo & {
    /** As WebGPU calls it, and as WebGL does. */
    readonly numBytesAllocatedInGPU?: number;
    readonly numBytesInGPUAllocated?: number;
  };
  return { tensors: numTensors, bytes: numBytesAllocatedInGPU ?? numBytesInGPUAllocated ?? 0 };
}

Object.assign(window, { trainingBench });
