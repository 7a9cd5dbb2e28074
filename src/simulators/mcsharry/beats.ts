import type { GroundTruth, TrueBeat, WaveBoundaries } from "../../domain/groundTruth.ts";
import type { Random } from "../../signal/random.ts";
import { boundaryReach, cropBeat } from "../boundaries.ts";
import type { EtaParameters } from "./parameters.ts";

/** s: no beat is shorter, however wide the heart rate is asked to vary (our reconstruction). */
const shortestInterval = 0.2;
/** Beats before the recording and after it, for waves up to half a cycle away from their beat. */
const margin = 3;
/** Waves weaker than this share of the strongest one's pull are taken as absent. */
const absentShare = 1e-3;

/**
 * Times (s) at which the phase is 0; consecutive ones bound a beat of constant angular velocity. The interval of a beat
 * is looked up at the time at which it begins and holds until it ends, as in ECGSYN; the recording begins somewhere
 * within a beat.
 * @param interval the RR interval by the time of the beat, s
 */
export function beatTimes(
  interval: (time: number) => number,
  duration: number,
  random: Random,
): Float64Array {
  const next = (time: number) => Math.max(shortestInterval, interval(time));
  let time = -(margin + random.uniform()) * next(0);
  const times: number[] = [];
  for (let after = 0; after < margin; time += next(time)) {
    times.push(time);
    if (time > duration) after++;
  }
  return Float64Array.from(times);
}

/**
 * The truth by the phase: a wave's peak is where the phase passes its angle θ, and it spans ± 2.2 widths b of it; angles
 * become times with the angular velocity of the beat that they fall into.
 * @param beats  times at which the phase is 0, s
 * @param length samples
 * @param rhythm WFDB rhythm text
 */
export function truthOf(
  eta: EtaParameters,
  beats: Float64Array,
  samplingFrequency: number,
  length: number,
  rhythm: string,
): GroundTruth {
  const { theta, a, b } = eta;
  const strengths = a.map((strength, index) => Math.abs(strength * b[index] ** 2));
  const strongest = Math.max(...strengths);
  const sampleAt = (beat: number, angle: number) => {
    const turns = angle / (2 * Math.PI);
    const within = beat + Math.floor(turns);
    return (
      (beats[within] + (turns - Math.floor(turns)) * (beats[within + 1] - beats[within])) * samplingFrequency
    );
  };
  const wave = (beat: number, index: number): WaveBoundaries | null => {
    if (strengths[index] < absentShare * strongest) return null;
    const reach = boundaryReach * b[index];
    return {
      onset: sampleAt(beat, theta[index] - reach),
      peak: sampleAt(beat, theta[index]),
      offset: sampleAt(beat, theta[index] + reach),
    };
  };
  const found: TrueBeat[] = [];
  for (let beat = 2; beat < beats.length - 2; beat++) {
    const complex = [1, 2, 3].map((index) => wave(beat, index)).filter((part) => part !== null);
    const peak = sampleAt(beat, theta[2]);
    const qrs = {
      onset: Math.min(peak, ...complex.map((part) => part.onset)),
      peak,
      offset: Math.max(peak, ...complex.map((part) => part.offset)),
    };
    const cropped = cropBeat(
      { label: "N", rPeak: Math.round(peak), p: wave(beat, 0), qrs, t: wave(beat, 4) },
      0,
      length,
    );
    if (cropped !== null) found.push(cropped);
  }
  return { beats: found, rhythm };
}
