import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samePadding, tapsOfRows, unfold, windowCount } from "./windows.ts";

describe.each(["cpu", "wasm"])("windows as rows on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(() => expect(tf.memory().numTensors).toBe(0));

  const [batch, channels] = [2, 3];

  test.each([
    [9, 3, 1, 1],
    [10, 4, 3, 1],
    [13, 3, 2, 2],
    [11, 5, 2, 1],
    [7, 1, 1, 1],
    [8, 1, 2, 1],
  ])("of %i samples, kernel %i, stride %i, dilation %i", (length, kernel, stride, dilation) => {
    const motion = { kernel, stride, dilation, padding: samePadding(length, kernel, stride, dilation) };
    const count = windowCount(length, motion);
    // Every sample is the number of its place, from 1: beyond the ends there are zeros.
    const place = (row: number, at: number, channel: number) =>
      at < 0 || at >= length ? 0 : 1 + (row * length + at) * channels + channel;
    const expected = Array.from({ length: batch * count }, (_, index) =>
      Array.from({ length: kernel * channels }, (_, column) => {
        const at = (index % count) * stride + Math.floor(column / channels) * dilation - motion.padding[0];
        return place(Math.floor(index / count), at, column % channels);
      }),
    );
    tf.tidy(() => {
      const signal = tf.reshape(tf.range(1, batch * length * channels + 1), [batch, length, channels]);
      const rows = unfold(signal as tf.Tensor3D, motion);
      expect(rows.arraySync()).toEqual(expected);
      const taps = tapsOfRows(rows, [batch, count, kernel]);
      expect(taps.map(({ shape }) => shape)).toEqual(taps.map(() => [batch, count, channels]));
      taps.forEach((tap, index) => {
        const held = expected.flatMap((row) => row.slice(index * channels, (index + 1) * channels));
        expect(Array.from(tap.dataSync())).toEqual(held);
      });
    });
  });
});
