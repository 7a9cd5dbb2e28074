import type { GenerationSnapshot } from "../domain/generation.ts";
import type { StoredGeneration } from "./database.ts";

/** A training of a generator as it was kept before generators had several classes and forms: of beats of one class. */
export interface OneClassGeneration {
  readonly specification: {
    readonly beatClass: string;
    readonly mostBeats: number;
    readonly [other: string]: unknown;
  };
  readonly progress: {
    readonly real: Float32Array;
    readonly snapshots: readonly { readonly position: number; readonly beats: Float32Array }[];
    readonly [other: string]: unknown;
  };
}

const beatLength = 216;

const labelsFor = (beats: Float32Array) => new Uint8Array(beats.length / beatLength);

/** What such a training is now. */
export function inSeveralClasses({
  specification,
  progress,
}: OneClassGeneration): Pick<StoredGeneration, "specification" | "progress"> {
  const { beatClass, mostBeats, ...asked } = specification;
  const snapshots = progress.snapshots.map(
    ({ position, beats }): GenerationSnapshot => ({ position, signals: beats, labels: labelsFor(beats) }),
  );
  return {
    specification: {
      ...(asked as unknown as StoredGeneration["specification"]),
      kind: "Generator",
      form: "beats",
      classes: [beatClass],
      mostSignals: mostBeats,
    },
    progress: {
      ...(progress as unknown as StoredGeneration["progress"]),
      snapshots,
      realLabels: labelsFor(progress.real),
    },
  };
}
