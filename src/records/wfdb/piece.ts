import type { Failure } from "../../domain/failure.ts";
import type { Lead } from "../../domain/recording.ts";
import type { Files } from "./files.ts";
import type { Header, SignalHeader } from "./header.ts";
import { type DigitalSignal, readSignals } from "./signals.ts";

/** Factors to mV of the units in which an ECG may be written. */
const millivolts: Readonly<Record<string, number>> = {
  mV: 1,
  mv: 1,
  uV: 1e-3,
  uv: 1e-3,
  µV: 1e-3,
  μV: 1e-3,
  V: 1e3,
};

/** A record of one piece, or one segment, in physical units. */
export interface Piece {
  readonly leads: readonly Lead[];
  /** Frames. */
  readonly length: number;
  readonly warnings: readonly Failure[];
}

/** Reads a record of one piece; names of its leads are distinct. @throws Failure as `readSignals` */
export function readPiece(header: Header, files: Files): Piece {
  const { signals, length } = readSignals(header, files);
  return {
    leads: distinct(signals.map((signal, index) => physicalLead(signal, index, header.samplingFrequency))),
    length,
    warnings: signals.flatMap((signal) => signal.warnings),
  };
}

/** Two leads of the same name would be one to a person who chooses; the second becomes `name (2)`. */
function distinct(leads: readonly Lead[]): Lead[] {
  const seen = new Map<string, number>();
  return leads.map((lead) => {
    const count = (seen.get(lead.name) ?? 0) + 1;
    seen.set(lead.name, count);
    return count === 1 ? lead : { ...lead, name: `${lead.name} (${count})` };
  });
}

const factorOf = (unit: string) => (Object.hasOwn(millivolts, unit) ? millivolts[unit] : 1);

/** A lead without samples, as a layout describes it; its unit and name as `physicalLead` gives them. */
export function emptyLead(header: SignalHeader, index: number, frameFrequency: number): Lead {
  return {
    name: header.description === "" ? `signal ${index + 1}` : header.description,
    unit: Object.hasOwn(millivolts, header.unit) ? "mV" : header.unit,
    samplingFrequency: frameFrequency * header.samplesPerFrame,
    samples: new Float32Array(0),
  };
}

/** Samples in physical units: millivolts where the header's unit is a voltage, otherwise the header's own unit. */
function physicalLead(signal: DigitalSignal, index: number, frameFrequency: number): Lead {
  const { header, samples, invalid } = signal;
  const scale = factorOf(header.unit) / header.gain;
  const physical = new Float32Array(samples.length);
  for (let at = 0; at < samples.length; at++) {
    const step = samples[at];
    physical[at] = step === invalid ? Number.NaN : (step - header.baseline) * scale;
  }
  return { ...emptyLead(header, index, frameFrequency), samples: physical };
}
