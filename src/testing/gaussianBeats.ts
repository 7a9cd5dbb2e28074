import { cutBeats, paperSpan } from "../signal/beatMatrix.ts";
import { simulateGaussian } from "../simulators/gaussian/recording.ts";

/** Normal beats of the Gaussian simulator, each of a recording of its own, `[count, 216]` in mV at 360 Hz. */
export function gaussianBeats(count: number, seed: number): Float32Array {
  const samplingFrequency = 360;
  const span = paperSpan(samplingFrequency);
  const beats = new Float32Array(count * (span.before + span.after));
  for (let row = 0; row < count; row++) {
    const { samples, truth } = simulateGaussian({
      preset: "clinical",
      rhythm: "normal",
      overrides: {},
      variation: "drawn",
      duration: 3,
      samplingFrequency,
      seed: seed + row,
    });
    const peaks = truth.beats.map(({ rPeak }) => rPeak);
    const cut = cutBeats(samples, peaks, span);
    beats.set(cut.samples.subarray(0, cut.length), row * cut.length);
  }
  return beats;
}
