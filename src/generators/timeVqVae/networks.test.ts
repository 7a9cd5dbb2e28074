import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { Scope } from "../../neural/layers/scope.ts";
import { createRandom } from "../../signal/random.ts";
import { decoder, encoder } from "./autoencoder.ts";
import { columnsOf, halvingsOf, hopOf, type SizeName, sizeOf, type TimeVqVaeSize } from "./configuration.ts";
import { nearestPlaces, prior } from "./prior.ts";

beforeAll(() => tf.setBackend("wasm"));

const framesOf = (length: number, size: TimeVqVaeSize) => Math.floor(length / hopOf(size)) + 1;

/** Parameters of both networks of a part, of twelve leads over ten seconds. */
function parameterCounts(name: SizeName, band: "low" | "high") {
  const size = sizeOf(name, 1000);
  const halvings = halvingsOf(1000, size.frame, size[band].tokenWidth);
  const shape = { ...size, rows: size.frame / 2 + 1, channels: 24, halvings, dropout: 0 };
  return [encoder, decoder].map((build) => {
    const scope = Scope.root(createRandom(1));
    build(scope, shape);
    const count = scope.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
    scope.dispose();
    return count / 1e6;
  });
}

describe("networks of the papers' sizes", () => {
  // Counted by hand from the layers of the released program.
  test.each([
    ["ptbXl", "low", 7.0, 7.6, 1],
    ["ptbXl", "high", 0.48, 0.49, 2],
    ["chapman", "low", 6.9, 7.5, 1],
  ] as const)(
    "%s, %s frequencies: an encoder of %f million and a decoder of %f",
    (name, band, e, d, digits) => {
      const [encoding, decoding] = parameterCounts(name, band);
      expect(encoding.toFixed(digits)).toBe(e.toFixed(digits));
      expect(decoding.toFixed(digits)).toBe(d.toFixed(digits));
    },
  );

  test.each([
    ["ptbXl", "low", 7, 9],
    ["ptbXl", "high", 31, 9],
    ["chapman", "low", 15, 9],
    ["chapman", "high", 15, 9],
  ] as const)("%s, %s frequencies: a grid of %i × %i tokens", (name, band, columns, rows) => {
    const size = sizeOf(name, 1000);
    const halvings = halvingsOf(1000, size.frame, size[band].tokenWidth);
    expect(columnsOf(framesOf(1000, size), halvings, size)).toBe(columns);
    expect(size.frame / 2 + 1).toBe(rows);
  });

  test("ours: a transformer for all 65 tokens of a beat has 112 thousand parameters", () => {
    const { codes, prior: own } = sizeOf("browser", 216).low;
    const scope = Scope.root(createRandom(1));
    prior(scope, {
      ...own,
      ...{ codes, grid: { rows: 5, columns: 13, count: 65 }, classes: 5 },
      ...{ dropout: 0, embeddingDropout: 0, embeddingDeviation: 0.02 },
    });
    const count = scope.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
    scope.dispose();
    expect((count / 1e3).toFixed(0)).toBe("112");
  });

  // The specification's 62 and 124 tokens leave out the last 9 frames.
  test("ours: 13 and 52 tokens of a beat, 63 and 126 of ten seconds", () => {
    for (const [length, low, high] of [
      [216, 13, 52],
      [1000, 63, 126],
    ]) {
      const size = sizeOf("browser", length);
      const counts = (["low", "high"] as const).map((band) => {
        const halvings = halvingsOf(length, size.frame, size[band].tokenWidth);
        const rows = band === "low" ? 1 : size.frame / 2;
        return rows * columnsOf(framesOf(length, size), halvings, size);
      });
      expect(counts).toEqual([low, high]);
    }
  });
});

test("tokens of high frequencies see the low ones at their own time", () => {
  const places = nearestPlaces({ rows: 2, columns: 4, count: 8 }, { rows: 1, columns: 2, count: 2 });
  expect(Array.from(places)).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
});
