import type { Failure } from "../../domain/failure.ts";
import type { Lead } from "../../domain/recording.ts";
import { keptUnit, withDistinctNames } from "../leads.ts";
import type { Files } from "./files.ts";
import type { Header, SignalHeader } from "./header.ts";
import { type DigitalSignal, readSignals } from "./signals.ts";

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
    leads: withDistinctNames(
      signals.map((signal, index) => physicalLead(signal, index, header.samplingFrequency)),
    ),
    length,
    warnings: signals.flatMap((signal) => signal.warnings),
  };
}

/** A lead without samples, as a layout describes it; its unit and name as `physicalLead` gives them. */
export function emptyLead(header: SignalHeader, index: number, frameFrequency: number): Lead {
  return {
    name: header.description === "" ? `signal ${index + 1}` : header.description,
    unit: keptUnit(header.unit).unit,
    samplingFrequency: frameFrequency * header.samplesPerFrame,
    samples: new Float32Array(0),
  };
}

/** Samples in physical units: millivolts where the header's unit is a voltage, otherwise the header's own unit. */
function physicalLead(signal: DigitalSignal, index: number, frameFrequency: number): Lead {
  const { header, samples, invalid } = signal;
  const scale = keptUnit(header.unit).factor / header.gain;
  const physical = new Float32Array(samples.length);
  for (let at = 0; at < samples.length; at++) {
    const step = samples[at];
    physical[at] = step === invalid ? Number.NaN : (step - header.baseline) * scale;
  }
  return { ...emptyLead(header, index, frameFrequency), samples: physical };
}
