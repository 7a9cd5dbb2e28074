import { Failure } from "../../domain/failure.ts";
import { numberAt, type Values } from "../../domain/schema.ts";
import type { Random } from "../../signal/random.ts";
import type { Option } from "../simulator.ts";
import { intervalAt, tachogram } from "./tachogram.ts";

/** What makes a rhythm in the dynamical model: where its RR intervals come from, and what it changes in the schema. */
export interface DynamicalRhythm {
  readonly option: Option;
  /** WFDB rhythm text. */
  readonly annotation: string;
  /** Defaults that differ from the preset's; our reconstruction. */
  readonly defaults: Readonly<Record<string, number>>;
  /** Parameters that mean nothing here. */
  readonly without: readonly string[];
  /**
   * The RR interval (s) of a beat by the time of its R peak (s).
   * @param seconds length of the recording
   */
  intervals(values: Values, seconds: number, random: Random): (time: number) => number;
}

/** The Mayer wave, Hz. */
const lowFrequency = 0.1;

const normal: DynamicalRhythm = {
  option: {
    value: "normal",
    label: "Normal sinus rhythm",
    description: "RR follows the two peaks of heart-rate variability: Mayer wave and respiration.",
  },
  annotation: "N",
  defaults: {},
  without: [],
  intervals(values, seconds, random) {
    const intervals = tachogram(
      {
        heartRateMean: numberAt(values, "heartRate.mean"),
        heartRateSd: numberAt(values, "heartRate.sd"),
        lfHfRatio: numberAt(values, "heartRate.lfHfRatio"),
        lowFrequency,
        highFrequency: numberAt(values, "respiration.frequency"),
      },
      seconds,
      random,
    );
    return (time) => intervalAt(intervals, time);
  },
};

const atrialFibrillation: DynamicalRhythm = {
  option: {
    value: "af",
    label: "Atrial fibrillation",
    description:
      "Our reconstruction: no P wave, and every RR drawn on its own from a log-normal distribution; no fibrillatory waves.",
  },
  annotation: "AFIB",
  defaults: { "P.a": 0, "heartRate.mean": 90, "heartRate.sd": 18 },
  without: ["heartRate.lfHfRatio"],
  intervals(values, _seconds, random) {
    const heartRate = numberAt(values, "heartRate.mean");
    const variation = numberAt(values, "heartRate.sd") / heartRate;
    const spread = Math.sqrt(Math.log1p(variation ** 2));
    const middle = Math.log(60 / heartRate) - spread ** 2 / 2;
    return () => Math.exp(middle + spread * random.normal());
  },
};

/** The rhythms of the dynamical model, in the order of the form. */
export const dynamicalRhythms: Readonly<Record<string, DynamicalRhythm>> = {
  normal,
  af: atrialFibrillation,
};

/** @throws Failure `unknown-rhythm`, with what there is */
export function dynamicalRhythmNamed(name: string): DynamicalRhythm {
  if (!Object.hasOwn(dynamicalRhythms, name)) {
    throw new Failure(
      "unknown-rhythm",
      "The dynamical model has no such rhythm.",
      name,
      `Choose ${Object.keys(dynamicalRhythms).join(", ")}.`,
    );
  }
  return dynamicalRhythms[name];
}
