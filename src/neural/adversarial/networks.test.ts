import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { Scope } from "../layers/scope.ts";
import { normalTensor } from "../ops/differentiable.ts";
import { withSpread } from "./batchSpread.ts";
import { convolutionalDiscriminator, convolutionalGenerator, type Forward } from "./convolutionalNetworks.ts";
import { drawGains } from "./convolutionLayers.ts";
import { denseDiscriminator, denseGenerator } from "./denseNetworks.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

function build(network: (scope: Scope) => Forward, seed = 1) {
  const scope = Scope.root(createRandom(seed));
  const forward = network(scope);
  const count = scope.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
  return { scope, forward, count };
}

const generator = (width: number, hasBias = true, values = 100) =>
  build((scope) => convolutionalGenerator(scope, { width, hasBias, inputs: { values, conditions: 0 } }));
const discriminator = (width: number, other: { form?: "code" | "paper"; seesSpread?: boolean } = {}) =>
  build((scope) =>
    convolutionalDiscriminator(scope, {
      width,
      isSpectral: false,
      isNormalised: true,
      form: "code",
      seesSpread: false,
      conditions: 0,
      ...other,
    }),
  );

/** Counted from the layer tables of the released program, apart from this code. */
describe("parameter counts are those of SimGAN's networks", () => {
  test.each([
    [64, true, 11_874_369],
    [64, false, 11_870_336],
    [32, true, 3_176_481],
    [16, true, 898_065],
    [8, true, 276_489],
    [4, true, 95_109],
  ])("the generator of width %i, bias %s", (width, hasBias, count) => {
    const { scope, count: found } = generator(width, hasBias);
    expect(found).toBe(count);
    scope.dispose();
  });

  test("the discriminator of width 64", () => {
    const { scope, count } = discriminator(64);
    expect(count).toBe(2_794_496);
    scope.dispose();
  });

  test("the small pair", () => {
    const small = [
      build((scope) => denseGenerator(scope, { values: 100, conditions: 0 }, 216)),
      build((scope) => denseDiscriminator(scope, { values: 216, conditions: 0 }, false)),
    ];
    expect(small.map(({ count }) => count)).toEqual([40_792, 27_905]);
    for (const { scope } of small) scope.dispose();
  });
});

describe("shapes", () => {
  const mode = { training: true, random: createRandom(1) };

  test("a latent vector becomes a beat, and a beat one logit", () => {
    const [g, d, p] = [generator(4), discriminator(4), discriminator(4, { form: "paper" })];
    tf.tidy(() => {
      const beats = g.forward(normalTensor([3, 100], 1) as tf.Tensor2D, mode);
      expect(beats.shape).toEqual([3, 216]);
      expect(d.forward(beats, mode).shape).toEqual([3, 1]);
      expect(p.forward(beats, mode).shape).toEqual([3, 1]);
    });
    // Gains of the first and the sixth layer, a convolution of 5 × 64 × 64 for one of 5 × 64, 64 weights and a bias.
    expect(p.count - d.count).toBe(2 * 4 + 2 * 64 + 5 * 64 * 64 - 5 * 64 + 65);
    for (const { scope } of [g, d, p]) scope.dispose();
  });

  test("with the spread of the batch, the discriminator's first layer has one channel more", () => {
    const [plain, seeing] = [discriminator(4), discriminator(4, { seesSpread: true })];
    const beats = normalTensor([3, 216], 1) as tf.Tensor2D;
    const logits = tf.tidy(() => seeing.forward(withSpread(beats, beats), mode));
    expect(logits.shape).toEqual([3, 1]);
    expect(seeing.count - plain.count).toBe(4 * 4);
    for (const { scope } of [plain, seeing]) scope.dispose();
  });

  test("first weights have the spreads of the released program", () => {
    const { scope } = generator(8, true);
    drawGains(scope, createRandom(5));
    const of = (name: string) =>
      scope.parameters.find((each) => each.name === name)?.variable.dataSync() as Float32Array;
    const spread = (values: Float32Array, centre: number) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
    expect(spread(of("layer1.spread.weight"), 0)).toBeCloseTo(0.02, 3);
    expect(spread(of("layer1.norm.weight"), 1)).toBeCloseTo(0.02, 2);
    expect(spread(of("layer1.norm.bias"), 0)).toBe(0);
    // PyTorch: uniform within one over the root of channels times kernel.
    const limit = 1 / Math.sqrt(256 * 4);
    expect(Math.max(...of("layer1.spread.bias").map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(spread(of("layer1.spread.bias"), 0)).toBeCloseTo(limit / Math.sqrt(3), 2);
    scope.dispose();
  });
});

test("spectral normalisation brings the largest singular value of every layer to 1", () => {
  const { scope, forward } = build((own) => denseDiscriminator(own, { values: 6, conditions: 0 }, true));
  const mode = { training: true, random: createRandom(1) };
  const probe = { training: false, random: createRandom(1) };
  const logitOf = (beats: tf.Tensor2D, how: typeof mode) => tf.tidy(() => forward(beats, how).dataSync()[0]);
  const beat = normalTensor([1, 6], 2) as tf.Tensor2D;
  for (let pass = 0; pass < 100; pass++) logitOf(beat, mode);
  const before = logitOf(beat, probe);
  // A weight ten times as large is the same weight after normalisation.
  const first = scope.parameters.find(({ name }) => name === "first.weight")?.variable as tf.Variable;
  tf.tidy(() => first.assign(tf.mul(first as tf.Tensor, 10)));
  expect(logitOf(beat, mode)).toBeCloseTo(before, 4);
  // The last layer maps 128 numbers to one: its singular value is its length.
  const buffers = Object.fromEntries(scope.buffers.map(({ name, variable }) => [name, variable]));
  const last = scope.parameters.find(({ name }) => name === "last.weight")?.variable as tf.Variable;
  const length = tf.norm(last as tf.Tensor).dataSync()[0];
  const along = tf.matMul(
    tf.transpose(buffers["last.spectralLeft"] as tf.Tensor) as tf.Tensor2D,
    last as tf.Tensor as tf.Tensor2D,
  );
  expect(Math.abs(along.dataSync()[0])).toBeCloseTo(length, 5);
  scope.dispose();
});
