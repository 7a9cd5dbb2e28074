import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../backend/registerGradients.ts";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { dropout } from "../layers/dropout.ts";
import { linear } from "../layers/linear.ts";
import { batchNorm } from "../layers/normalisation.ts";
import { Scope } from "../layers/scope.ts";
import { augment } from "./augmentation.ts";
import { epochOrder } from "./batches.ts";
import { logitsOf, meanLoss } from "./evaluate.ts";
import { type TrainingHooks, type TrainingState, trainNetwork } from "./loop.ts";
import type { TrainableNetwork } from "./network.ts";
import type { TrainingPlan } from "./schema.ts";
import { type SignalSet, subset } from "./signalSet.ts";

const length = 24;

/** Two classes that differ by the sign of a bump in noise. */
function bumps(count: number, seed: number): SignalSet {
  const random = createRandom(seed);
  const signals = new Float32Array(count * length);
  random.addNormal(signals, 0.7);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 2);
  labels.forEach((label, row) => {
    for (let at = 8; at < 14; at++) signals[row * length + at] += label === 1 ? 1 : -1;
  });
  return { signals, labels, count, length };
}

function network(): TrainableNetwork & { dispose(): void } {
  const scope = Scope.root(createRandom(4));
  const first = linear(scope.within("first"), length, 16);
  const norm = batchNorm(scope.within("norm"), 16);
  const last = linear(scope.within("last"), 16, 1);
  return {
    parameters: scope.parameters,
    buffers: scope.buffers,
    forward: (x, mode) => last(dropout(tf.relu(norm(first(x), mode)), 0.2, mode)) as tf.Tensor2D,
    dispose: () => scope.dispose(),
  };
}

const plan: TrainingPlan = {
  batchSize: 8,
  learningRate: 1e-2,
  maskRatio: 0.1,
  maxShiftRatio: 0.1,
  epochs: 12,
  evaluateEvery: 2,
  patience: 5,
  clipNorm: 0,
};

const quiet: TrainingHooks = { stopped: () => false };
const [training, validation] = [bumps(36, 1), bumps(30, 2)];

describe("training", () => {
  test("learns, validates every few epochs, and leaves the best weights in the network", async () => {
    await tf.setBackend("wasm");
    const net = network();
    const { outcome, state } = await trainNetwork(net, training, validation, plan, 1, quiet);
    expect(outcome.kind).toBe("finished");
    expect(state.validations.map(({ epoch }) => epoch)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(state.losses).toHaveLength(12 * 4);
    const logits = (await logitsOf(net, validation, 7)) as Float32Array;
    expect(meanLoss(logits, validation.labels, 1)).toBeCloseTo(state.best?.loss ?? Number.NaN, 5);
    const right = logits.filter((logit, index) => logit > 0 === (validation.labels[index] === 1)).length;
    expect(right / validation.count).toBeGreaterThan(0.9);
    net.dispose();
  });

  test("stops early when validations no longer gain", async () => {
    await tf.setBackend("wasm");
    const net = network();
    const hopeless = { ...validation, labels: validation.labels.map((label) => 1 - label) };
    const { outcome, state } = await trainNetwork(
      net,
      training,
      hopeless,
      { ...plan, evaluateEvery: 1, patience: 3 },
      1,
      quiet,
    );
    expect(outcome.kind).toBe("stoppedEarly");
    expect(state.withoutGain).toBe(3);
    expect(state.validations.length - 3).toBe(state.best?.epoch);
    net.dispose();
  });

  test("a gain below the least one is none", async () => {
    await tf.setBackend("wasm");
    const net = network();
    const hard = { ...plan, evaluateEvery: 1, patience: 3, leastGain: 0.1 };
    const { outcome, state } = await trainNetwork(net, training, validation, hard, 1, quiet);
    net.dispose();
    // By hand: the best is replaced only by what is lower by a tenth, and three others in a row end the training.
    let [best, epoch, without] = [Number.POSITIVE_INFINITY, 0, 0];
    for (const each of state.validations) {
      const isBest = each.loss < best - 0.1;
      expect(each.best).toBe(isBest);
      without = isBest ? 0 : without + 1;
      if (isBest) [best, epoch] = [each.loss, each.epoch];
    }
    expect([outcome.kind, without]).toEqual(["stoppedEarly", 3]);
    expect(state.best?.epoch).toBe(epoch);
    // Some were lower than the best, and yet not better.
    expect(state.validations.some(({ loss, best: isBest }) => !isBest && loss < best)).toBe(true);
  });

  test("weights decay apart from their gradients", async () => {
    await tf.setBackend("wasm");
    // One weight of 2, one step, worked by hand: labels 0 and 1 of the same signal 1 give the gradient sigmoid(2) − 1 / 2 > 0.
    // The first step of Adam is the learning rate against its sign; AdamW first takes learning rate · decay of the weight off.
    const afterOneStep = async (weightDecay: number) => {
      const weight = tf.variable(tf.tensor2d([[2]]), true);
      const own = {
        parameters: [{ name: "weight", variable: weight }],
        buffers: [],
        forward: (x: tf.Tensor2D) => tf.matMul(x, weight) as tf.Tensor2D,
      };
      const two = { signals: Float32Array.of(1, 1), labels: Uint8Array.of(0, 1), count: 2, length: 1 };
      const still = { ...plan, batchSize: 2, epochs: 1, evaluateEvery: 1, maskRatio: 0, maxShiftRatio: 0 };
      await trainNetwork(own, two, two, { ...still, learningRate: 0.05, weightDecay }, 1, quiet);
      const [value] = await weight.data();
      weight.dispose();
      return value;
    };
    expect(await afterOneStep(0)).toBeCloseTo(2 - 0.05, 6);
    expect(await afterOneStep(0.4)).toBeCloseTo(2 * (1 - 0.05 * 0.4) - 0.05, 6);
  });

  test("signals count by the weight of their class where there are several outputs", async () => {
    /** So many of each of two classes, all signals alike. */
    const alike = (zeros: number, ones: number): SignalSet => ({
      signals: new Float32Array((zeros + ones) * length),
      labels: Uint8Array.from({ length: zeros + ones }, (_, row) => (row < zeros ? 0 : 1)),
      count: zeros + ones,
      length,
    });
    /** What is left to tell the classes by is how much each counts: the logits differ by the logarithm of the ratio. */
    const learned = async (classWeights: readonly number[] | undefined, checked: SignalSet) => {
      const scope = Scope.root(createRandom(4));
      const last = linear(scope.within("last"), length, 2);
      const whole = {
        ...plan,
        batchSize: 40,
        epochs: 300,
        evaluateEvery: 10,
        patience: 30,
        learningRate: 3e-2,
      };
      const own = {
        parameters: scope.parameters,
        buffers: scope.buffers,
        forward: (x: tf.Tensor2D) => last(x) as tf.Tensor2D,
      };
      const weighted = classWeights === undefined ? whole : { ...whole, classWeights };
      await trainNetwork(own, alike(30, 10), checked, weighted, 3, quiet);
      const logits = await logitsOf(own, alike(1, 0), 1);
      scope.dispose();
      return logits === null ? Number.NaN : logits[0] - logits[1];
    };
    expect(await learned(undefined, alike(30, 10))).toBeCloseTo(Math.log(3), 2);
    expect(await learned([1, 3], alike(20, 20))).toBeCloseTo(0, 2);
    expect(await learned([1, 12], alike(10, 40))).toBeCloseTo(-Math.log(4), 2);
  });

  test("says so when the loss is no number", async () => {
    await tf.setBackend("wasm");
    const net = network();
    const { outcome } = await trainNetwork(
      net,
      training,
      validation,
      { ...plan, learningRate: 1e30 },
      1,
      quiet,
    );
    expect(outcome.kind).toBe("diverged");
    net.dispose();
  });

  test("2,000 steps leave the number of tensors as it was", async () => {
    await tf.setBackend("wasm");
    const net = network();
    const counts: number[] = [];
    const before = tf.memory().numTensors;
    await trainNetwork(net, training, validation, { ...plan, epochs: 500, patience: 1000 }, 1, {
      stopped: () => false,
      onValidation: () => counts.push(tf.memory().numTensors),
    });
    expect(counts).toHaveLength(250);
    expect(new Set(counts).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    net.dispose();
  });
});

describe.each(["wasm", "cpu"])("on %s", (backend) => {
  const whole = async () => {
    await tf.setBackend(backend);
    const net = network();
    const result = await trainNetwork(net, training, validation, plan, 9, quiet);
    net.dispose();
    return result.state;
  };

  // The third stop falls between the last step of an epoch and its validation.
  test.each([[[5]], [[1, 17, 30]], [[8]], [[16, 17]]])(
    "stopped after %j steps and resumed, it takes the same course to the last bit",
    async (stops) => {
      const straight = await whole();
      let state: TrainingState | null = null;
      for (const stop of [...stops, Number.POSITIVE_INFINITY]) {
        const net = network();
        let asked = state?.position ?? 0;
        // Asked once before every step, and between batches of a validation.
        const hooks = { stopped: () => asked++ >= stop };
        state = structuredClone(
          (await trainNetwork(net, training, validation, plan, 9, hooks, state)).state,
        ) as TrainingState;
        net.dispose();
      }
      expect(state?.losses).toEqual(straight.losses);
      expect(state?.validations).toEqual(straight.validations);
      expect(state?.weights).toEqual(straight.weights);
      expect(state?.best).toEqual(straight.best);
    },
  );

  test("a checkpoint in the middle goes on like the run that made it", async () => {
    await tf.setBackend(backend);
    const kept: TrainingState[] = [];
    const net = network();
    let step = 0;
    const { state } = await trainNetwork(net, training, validation, plan, 9, {
      stopped: () => false,
      checkpointDue: () => ++step % 13 === 0,
      onCheckpoint: async (each) => {
        kept.push(structuredClone(each) as TrainingState);
      },
    });
    net.dispose();
    expect(kept.length).toBeGreaterThan(3);
    for (const checkpoint of kept) {
      const again = network();
      const resumed = await trainNetwork(again, training, validation, plan, 9, quiet, checkpoint);
      expect(resumed.state.losses).toEqual(state.losses);
      expect(resumed.state.weights).toEqual(state.weights);
      again.dispose();
    }
  });
});

describe("augmentation", () => {
  const recording = Float32Array.from({ length: 100 }, (_, index) => index + 1);

  test("without mask and shift it is the recording", () => {
    const target = new Float32Array(100);
    augment(target, recording, { maskRatio: 0, maxShiftRatio: 0 }, createRandom(1));
    expect(target).toEqual(recording);
  });

  test("a mask sets one window of its length to 0, anywhere", () => {
    const starts = new Set<number>();
    const random = createRandom(2);
    for (let draw = 0; draw < 2000; draw++) {
      const target = new Float32Array(100);
      augment(target, recording, { maskRatio: 0.9, maxShiftRatio: 0 }, random);
      const zeros = [...target.keys()].filter((index) => target[index] === 0);
      expect(zeros).toHaveLength(90);
      expect(zeros[89] - zeros[0]).toBe(89);
      starts.add(zeros[0]);
    }
    expect(starts.size).toBe(11);
  });

  test("a shift moves to either side by up to its share, with zeros behind", () => {
    const random = createRandom(3);
    const shifts: number[] = [];
    for (let draw = 0; draw < 2000; draw++) {
      const target = new Float32Array(100);
      augment(target, recording, { maskRatio: 0, maxShiftRatio: 0.3 }, random);
      const at = target.findIndex((value) => value !== 0);
      const shift = at - (target[at] - 1);
      shifts.push(shift);
      target.forEach((value, index) => {
        expect(value).toBe(recording[index - shift] ?? 0);
      });
    }
    expect(Math.max(...shifts)).toBe(29);
    expect(Math.min(...shifts)).toBe(-29);
    expect(Math.abs(shifts.reduce((sum, value) => sum + value, 0) / 2000)).toBeLessThan(1.5);
  });
});

test("an epoch takes every recording once, each epoch in another order", () => {
  const orders = [0, 1, 2].map((epoch) => epochOrder(50, 7, epoch));
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
  expect(orders[0]).not.toEqual(orders[1]);
  expect(epochOrder(50, 7, 2)).toEqual(orders[2]);
});

test("a subset holds the recordings that were asked for", () => {
  const part = subset(training, [3, 0]);
  expect([...part.labels]).toEqual([1, 0]);
  expect(part.signals.subarray(length)).toEqual(training.signals.subarray(0, length));
});
