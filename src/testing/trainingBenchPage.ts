import * as tf from "@tensorflow/tfjs-core";
import { probedNetwork } from "../classifiers/probedNetwork.ts";
import { gruClassifier } from "../classifiers/recurrent.ts";
import { resolveValues } from "../domain/schema.ts";
import { type BackendName, openBackend } from "../neural/backend/backends.ts";
import { availableBackends } from "../neural/backend/probe.ts";
import { createRandom } from "../signal/random.ts";
import { ourRate, stockRate, trainingCases } from "./trainingRates.ts";

/** What the benchmark's page offers to the program that opened it, as `window.trainingBench`. */
export interface TrainingBench {
  /** Graphics backends that can be opened, and whether the processor imitates the card. */
  graphics(): Promise<
    readonly { readonly name: BackendName; readonly adapter: string; readonly software: boolean }[]
  >;
  names(): readonly string[];
  /** Steps a second of ours and of tfjs's own; null where tfjs's own cannot be trained. */
  measure(
    index: number,
    backend: BackendName,
    software: boolean,
  ): Promise<{ readonly ours: number; readonly stock: number | null; readonly baseline: string }>;
  /** What a training holds after the first and after the last of its steps. */
  memory(backend: BackendName, steps: number): Promise<{ readonly first: Held; readonly last: Held }>;
}

/** Memory that a backend holds, with what it keeps for use again. */
export interface Held {
  readonly tensors: number;
  readonly bytes: number;
}

const trainingBench: TrainingBench = {
  async graphics() {
    const found = await availableBackends(["webgpu", "webgl"]);
    return found.flatMap(({ name, info }) =>
      info === null ? [] : [{ name, adapter: info.adapter, software: info.software }],
    );
  },
  names: () => trainingCases.map(({ name }) => name),
  async measure(index, backend, software) {
    const chosen = trainingCases[index];
    const size = software ? chosen.small : chosen.full;
    const ours = await ourRate(chosen, size, backend);
    try {
      return { ours, stock: await stockRate(chosen, size, backend), baseline: chosen.baseline };
    } catch (error) {
      // tfjs's own gradients lack kernels on some backends: that is what the benchmark then says.
      const reason = error instanceof Error ? error.message : String(error);
      return { ours, stock: null, baseline: `${chosen.baseline} (${reason.slice(0, 60)})` };
    }
  },
  async memory(backend, steps) {
    await openBackend(backend);
    const size = { length: 216, batch: 4 };
    const values = { recurrentUnits: "16", recurrentDepth: 1, backboneWidth: "16", chunkLength: "100" };
    const architecture = gruClassifier.build(resolveValues(gruClassifier.hyperparameters, values), {
      length: size.length,
      outputs: 1,
      random: createRandom(1),
    });
    const network = probedNetwork(architecture, size.batch, size.length);
    for (let step = 0; step < 20; step++) await network.step();
    const first = held();
    for (let step = 20; step < steps; step++) await network.step();
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
