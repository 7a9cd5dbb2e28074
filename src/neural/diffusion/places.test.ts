import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { Scope } from "../layers/scope.ts";
import { addBias } from "../ops/addBias.ts";
import { normalTensor } from "../ops/differentiable.ts";
import { placesTold } from "./places.ts";
import { stepEmbedding } from "./stepEmbedding.ts";

const [batch, time, channels] = [3, 20, 4];

beforeAll(() => tf.setBackend("wasm"));

test("places are told by sines whose weights get the sum over the signals as gradient, beside a bias of the same signal", () => {
  const scope = Scope.root(createRandom(1));
  const told = placesTold(scope, time, channels);
  const [{ variable: weight }] = scope.parameters;
  tf.tidy(() => {
    const upstream = normalTensor([batch, time, channels], 2);
    const x = normalTensor([batch, time, channels], 3) as tf.Tensor3D;
    const bias = tf.variable(tf.zeros([channels]));
    const { grads } = tf.variableGrads(() =>
      tf.sum(tf.mul(told(addBias(x, bias as tf.Tensor as tf.Tensor1D) as tf.Tensor3D), upstream)),
    );
    const g = upstream.dataSync();
    const at = (row: number, place: number, channel: number) => g[(row * time + place) * channels + channel];
    const rows = Array.from({ length: batch }, (_, row) => row);
    const places = Array.from({ length: time }, (_, place) => place);
    const sines = stepEmbedding(places, 64, "falling");
    const ofWeight = grads[weight.name].dataSync();
    for (let number = 0; number < 64; number += 7) {
      for (let channel = 0; channel < channels; channel++) {
        const wanted = places.reduce(
          (sum, place) =>
            sum + sines[place * 64 + number] * rows.reduce((all, row) => all + at(row, place, channel), 0),
          0,
        );
        expect(ofWeight[number * channels + channel]).toBeCloseTo(wanted, 3);
      }
    }
    const ofBias = grads[bias.name].dataSync();
    for (let channel = 0; channel < channels; channel++) {
      const wanted = rows.flatMap((row) => places.map((place) => at(row, place, channel)));
      expect(ofBias[channel]).toBeCloseTo(
        wanted.reduce((sum, value) => sum + value, 0),
        3,
      );
    }
    bias.dispose();
  });
  scope.dispose();
});
