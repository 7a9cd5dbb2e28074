import type { Annotation } from "./annotation.ts";
import type { Failure } from "./failure.ts";

/** One signal of a recording. */
export interface Lead {
  readonly name: string;
  /** `mV` for an electrocardiogram; other signals keep the unit of their header (`mmHg`). `SD` after standardisation. */
  readonly unit: string;
  /** Hz. Differs from the recording's where a frame holds several samples of this signal. */
  readonly samplingFrequency: number;
  /** In `unit`; NaN where the recording has no valid sample. */
  readonly samples: Float32Array;
}

export interface FileOrigin {
  readonly kind: "file";
  readonly fileNames: readonly string[];
  /** SHA-256 over the bytes of the files, hexadecimal. */
  readonly hash: string;
}

export interface SimulatorOrigin {
  readonly kind: "simulator";
  readonly simulator: string;
  readonly preset: string;
  readonly rhythm: string;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly version: string;
}

export type ParameterValue = number | string | boolean;

/** An electrocardiogram: leads that start together, and what is known about them. */
export interface Recording {
  readonly name: string;
  /** Frame frequency in Hz; annotations count in it. */
  readonly samplingFrequency: number;
  /** Number of frames. */
  readonly length: number;
  readonly leads: readonly Lead[];
  readonly annotations: readonly Annotation[];
  readonly comments: readonly string[];
  /** What does not fit although the recording can be read: a checksum that does not hold, for instance. */
  readonly warnings: readonly Failure[];
  readonly origin: FileOrigin | SimulatorOrigin;
}
