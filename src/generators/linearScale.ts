import type { SignalPool } from "../neural/adversarial/realBatches.ts";
import { signalDeviation } from "../neural/diffusion/prediction.ts";
import type { GeneratorContext } from "./generator.ts";
import { classMembers } from "./scaledSignals.ts";

/** Share of the training samples beyond either limit. */
const beyondLimits = 5e-4;

/** A linear map between mV and other numbers, the same for all signals: their heights are learned, not drawn. */
export interface LinearScale {
  /** mV that are 0. */
  readonly mean: number;
  /** mV that are 1 more. */
  readonly unit: number;
}

/** How training signals look to a network and to a person. */
export interface SignalScales {
  /** By their mean and three standard deviations, so that most of an ECG lies between −1 and 1. */
  readonly network: LinearScale;
  /** From −1 to 1 at most, but for a thousandth of the samples. */
  readonly shown: LinearScale;
  /** Between which all but a thousandth of the samples lie, as the network sees them. */
  readonly limits: { readonly lowest: number; readonly highest: number };
}

/** The scales by all samples of the training signals. @param signals in mV, not empty */
export function signalScales(signals: Float32Array): SignalScales {
  const count = signals.length;
  let sum = 0;
  for (const value of signals) sum += value;
  const mean = sum / count;
  let squares = 0;
  for (const value of signals) squares += (value - mean) ** 2;
  // Flat signals have no deviation; they stay as they are.
  const unit = Math.sqrt(squares / count) / signalDeviation || 1;
  const sorted = signals.slice().sort();
  const at = (share: number) => (sorted[Math.round(share * (count - 1))] - mean) / unit;
  const limits = { lowest: at(beyondLimits), highest: at(1 - beyondLimits) };
  const reach = Math.max(-limits.lowest, limits.highest) || 1;
  return { network: { mean, unit }, shown: { mean, unit: unit * reach }, limits };
}

export const scaledBy = ({ mean, unit }: LinearScale, signals: Float32Array): Float32Array =>
  signals.map((value) => (value - mean) / unit);

export const inMillivoltBy = ({ mean, unit }: LinearScale, scaled: Float32Array): Float32Array =>
  scaled.map((value) => value * unit + mean);

/** Training signals as a network sees them by one linear map, with the ways between it, a person and mV. */
export interface LinearPool extends SignalPool {
  /** Position of each row's class. */
  readonly labels: Uint8Array;
  /** Between which all but a thousandth of the samples lie, as the network sees them. */
  readonly limits: SignalScales["limits"];
  /** What the network sees as a person does. */
  shown(signals: Float32Array): Float32Array;
  /** What a person sees as the network does. */
  seen(shown: Float32Array): Float32Array;
  /** Signals in mV as a person sees them. */
  scaled(signals: Float32Array): Float32Array;
  /** What a person sees in mV. */
  inMillivolt(shown: Float32Array): Float32Array;
}

/** @throws Failure `too-few-signals` below two of a class */
export function linearPool(context: GeneratorContext): LinearPool {
  const { signals, count, length, labels } = context;
  classMembers(context);
  const scales = signalScales(signals);
  // Nothing but a factor lies between what the network and what a person sees.
  const factor = scales.network.unit / scales.shown.unit;
  return {
    samples: scaledBy(scales.network, signals),
    count,
    length,
    labels,
    limits: scales.limits,
    shown: (own) => own.map((value) => factor * value),
    seen: (shown) => shown.map((value) => value / factor),
    scaled: (own) => scaledBy(scales.shown, own),
    inMillivolt: (shown) => inMillivoltBy(scales.shown, shown),
  };
}
