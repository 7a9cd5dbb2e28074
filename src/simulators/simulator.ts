import type { GroundTruth } from "../domain/groundTruth.ts";
import type { ParameterValue } from "../domain/recording.ts";
import type { Schema, Values } from "../domain/schema.ts";

/** A choice that a simulator offers, with the sentence that a form shows under it. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly description: string;
}

export interface SimulationRequest {
  readonly preset: string;
  readonly rhythm: string;
  /** Parameters that differ from the schema's defaults for this preset and rhythm. */
  readonly overrides: Values;
  /** Unsigned 32-bit integer. */
  readonly seed: number;
  /**
   * `exact`: the recording has the parameters as they stand, only beats vary.
   * `drawn`: the recording's own parameters are first drawn around them.
   */
  readonly variation: "exact" | "drawn";
  /** s */
  readonly duration: number;
  /** Hz */
  readonly samplingFrequency: number;
}

/** One component of the beat that a plot draws under the sum, with the parameters that a drag moves. */
export interface BeatComponent {
  /** `P`, `Q`, `R`, `S`, `T` or a rhythm's own, such as `delta`. */
  readonly name: string;
  readonly samples: Float32Array;
  /** Position of the extremum, s on the beat's time axis. */
  readonly centre: number;
  /** Signed height at the centre, in the beat's unit. */
  readonly height: number;
  /** Standard deviation, s. */
  readonly width: number;
  /**
   * Parameter behind each quantity, and what one unit of it moves: `height = … + scale × amplitude`,
   * `centre = … + scale × shift`, `width = scale × width`. Null where a component cannot be dragged so.
   */
  readonly amplitude: DragTarget | null;
  readonly shift: DragTarget | null;
  readonly widthTarget: DragTarget | null;
}

export interface DragTarget {
  readonly key: string;
  readonly scale: number;
}

/** A single beat without noise, component by component. */
export interface BeatPicture {
  /** s, from `time[0]`; 0 is the R peak or the start of the beat, as `timeLabel` says. */
  readonly time: Float32Array;
  readonly timeLabel: string;
  readonly unit: string;
  readonly components: readonly BeatComponent[];
  readonly sum: Float32Array;
}

export interface SimulatedRecording {
  readonly samplingFrequency: number;
  /** `[time]`, in `unit`. */
  readonly samples: Float32Array;
  /** `mV`, or `SD` after standardisation. */
  readonly unit: string;
  readonly truth: GroundTruth;
  /** The recording's own parameters: those asked for, or drawn around them. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** What every simulator offers; the registry in `index.ts` lists them. */
export interface Simulator {
  readonly title: string;
  /** One sentence for the chooser. */
  readonly description: string;
  readonly paper: string;
  readonly presets: readonly Option[];
  readonly rhythms: readonly Option[];
  /** Parameters with ranges and defaults for one preset and rhythm. @throws Failure for an unknown name */
  schema(preset: string, rhythm: string): Schema;
  /** The same request gives the same samples, wherever it runs. @throws Failure for a parameter out of range */
  simulate(request: SimulationRequest): SimulatedRecording;
  /** The beat that the parameters describe as they stand, without perturbation or noise. */
  beat(request: Pick<SimulationRequest, "preset" | "rhythm" | "overrides">): BeatPicture;
  /** Parameters drawn around those given, as a recording with this seed would have them. */
  draw(
    request: Pick<SimulationRequest, "preset" | "rhythm" | "overrides" | "seed">,
  ): Record<string, ParameterValue>;
}
