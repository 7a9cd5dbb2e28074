import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { aamiClassOf } from "../../records/aami.ts";
import { readRecord } from "../../records/wfdb/record.ts";
import { cutBeats, paperSpan } from "../../signal/beatMatrix.ts";
import { waveValues as pureValues, type WaveRule, wavePeaks, waveRules } from "../../signal/waveValues.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { describeWithData } from "../../testing/testData.ts";
import { filesNear } from "../../testing/wfdbFolder.ts";
import { waveValues } from "./waveValues.ts";

const length = 216;

/** Values of tfjs, which must be samples of the beats themselves. */
function valuesOf(beats: Float32Array, rule: WaveRule): Float32Array {
  return tf.tidy(() =>
    Float32Array.from(waveValues(tf.tensor2d(beats, [beats.length / length, length]), rule).dataSync()),
  );
}

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test.each(waveRules)(
    "simulated beats, a ramp and a flat line have the wave values of the pure %s",
    (rule) => {
      const ramp = Float32Array.from({ length }, (_, at) => at / length);
      const beats = Float32Array.of(...gaussianBeats(30, 3), ...ramp, ...new Float32Array(length));
      expect(valuesOf(beats, rule)).toEqual(pureValues(beats, rule));
    },
  );

  test.each(waveRules)(
    "by %s the gradient of a height is 1 at its peak and 0 elsewhere, as differences say",
    (rule) => {
      const beat = gaussianBeats(1, 5);
      const weights = [0.3, -1.2, 0.7, 2, -0.4];
      const gradient = tf.tidy(() =>
        tf
          .grad((x) => tf.sum(tf.mul(waveValues(x as tf.Tensor2D, rule), tf.tensor2d([weights]))))(
            tf.tensor2d(beat, [1, length]),
          )
          .dataSync(),
      );
      const scoreOf = (samples: Float32Array) =>
        pureValues(samples, rule).reduce((sum, value, wave) => sum + weights[wave] * value, 0);
      const step = 1e-5;
      for (let at = 0; at < length; at++) {
        const moved = (by: number) =>
          Float32Array.from(beat, (value, index) => value + (index === at ? by : 0));
        const central = (scoreOf(moved(step)) - scoreOf(moved(-step))) / (2 * step);
        expect(Math.abs(gradient[at] - central)).toBeLessThan(0.05);
      }
      expect(gradient[wavePeaks(beat, rule).S]).toBeCloseTo(2, 5);
      expect(gradient.filter((value) => value !== 0)).toHaveLength(5);
    },
  );

  describeWithData("beats of MIT-BIH", (data) => {
    test.each(["100", "106", "119", "200"])("record %s", (name) => {
      const record = readRecord(name, filesNear(`${data}/mitdb`, name), "", "atr");
      const lead = record.leads.find((each) => each.name === "MLII") ?? record.leads[0];
      const peaks = record.annotations
        .filter(({ symbol }) => aamiClassOf(symbol) !== null)
        .map(({ sample }) => sample)
        .slice(0, 400);
      const beats = cutBeats(lead.samples, peaks, paperSpan(record.samplingFrequency)).samples;
      expect(beats.length / length).toBeGreaterThan(390);
      for (const rule of waveRules) expect(valuesOf(beats, rule)).toEqual(pureValues(beats, rule));
    });
  });
});
