import type { Annotation } from "../domain/annotation.ts";
import type { GroundTruth, WaveBoundaries } from "../domain/groundTruth.ts";

/** Codes of the waveform that a bracket belongs to, in the `num` field of `(` and `)` (ecgpuwave's convention). */
const waveNumbers = { p: 0, qrs: 1, t: 2 } as const;

/**
 * The ground truth as WFDB annotations: the rhythm at the start, then for each beat `( p )`, `( beat )` and `( t )`
 * with the wave's number at its brackets, as ecgpuwave writes them. In order of time.
 */
export function truthAnnotations(truth: GroundTruth): Annotation[] {
  const annotations: Annotation[] = [];
  const add = (sample: number, symbol: string, number = 0, text = "") => {
    annotations.push({ sample: Math.round(sample), symbol, subtype: 0, channel: 0, number, text });
  };
  const addWave = (wave: WaveBoundaries, symbol: string, number: number, peak = wave.peak) => {
    add(wave.onset, "(", number);
    add(peak, symbol);
    add(wave.offset, ")", number);
  };
  add(0, "+", 0, `(${truth.rhythm}`);
  for (const beat of truth.beats) {
    if (beat.p !== null) addWave(beat.p, "p", waveNumbers.p);
    addWave(beat.qrs, beat.label, waveNumbers.qrs, beat.rPeak);
    if (beat.t !== null) addWave(beat.t, "t", waveNumbers.t);
  }
  return annotations.sort((one, other) => one.sample - other.sample);
}
