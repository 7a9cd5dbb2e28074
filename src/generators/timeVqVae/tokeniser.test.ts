import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { type BandName, bandNames } from "./bandSplit.ts";
import { sizeOf } from "./configuration.ts";
import { timeVqVaeModel } from "./model.ts";

beforeAll(() => tf.setBackend("wasm"));

const length = 1000;
/** Samples of a token of our sizes for ten seconds. */
const tokenLength = 16;
const tokensLater = 30;

/** A wave as narrow as an R wave, so many samples from the beginning. */
const waveAt = (place: number) =>
  Float32Array.from({ length }, (_, at) => Math.exp(-(((at - place) / 2) ** 2) / 2));

/** What a tokeniser, as it is drawn, makes of a wave early in a signal and of the same wave late in it, around each. */
function throughTokens(
  band: BandName,
  end: "filled" | "stretched",
): readonly [early: number[], late: number[]] {
  const model = timeVqVaeModel({
    size: { ...sizeOf("tiny", length), end },
    ...{ length, classes: 2, seed: 3, unitVectors: true, decay: 0.99, reviveBelow: 0 },
    ...{ dropout: 0, embeddingDropout: 0, embeddingDeviation: 0.3 },
  });
  const places = [0, tokensLater].map((tokens) => (20 + tokens) * tokenLength + 5);
  const signals = tf.tidy(() => {
    const waves = tf.stack(places.map((place) => tf.tensor1d(waveAt(place)))) as tf.Tensor2D;
    const { image } = model.split.split(waves)[band];
    const asTrained = { training: false, random: createRandom(1) };
    return model.tokenisers[band].reconstruct(image, asTrained).signal.arraySync();
  });
  model.dispose();
  const [early, late] = places.map((place, row) => signals[row].slice(place - 40, place + 40));
  return [early, late];
}

const largestDifference = (one: readonly number[], other: readonly number[]) =>
  Math.max(...one.map((value, at) => Math.abs(value - other[at])));
const rangeOf = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe.each(bandNames)("the tokeniser of %s frequencies, over ten seconds", (band) => {
  test("says the same of a wave early and late where the ends are filled", () => {
    const [early, late] = throughTokens(band, "filled");
    expect(rangeOf(early)).toBeGreaterThan(1e-3);
    expect(largestDifference(early, late)).toBeLessThan(1e-3 * rangeOf(early));
  });

  test("moves what is late where they are stretched, as in the program", () => {
    const [early, late] = throughTokens(band, "stretched");
    expect(largestDifference(early, late)).toBeGreaterThan(0.05 * rangeOf(early));
  });
});
