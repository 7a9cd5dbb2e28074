import { Failure } from "../../domain/failure.ts";
import type { KernelCall, Source, Trace } from "./graphTrace.ts";

/** Batch sizes at which a function is looked at. */
export const batchSizes = [2, 3] as const;

/** A whole number that may grow with the batch: factor · batch + offset. */
export interface BatchNumber {
  readonly factor: number;
  readonly offset: number;
}

/** The number that has these values at the two batch sizes. */
export function batchNumber(first: number, second: number): BatchNumber {
  const factor = (second - first) / (batchSizes[1] - batchSizes[0]);
  return { factor, offset: first - factor * batchSizes[0] };
}

/** One call of a kernel, seen at both batch sizes. */
export interface PairedCall {
  readonly kernel: string;
  /** For messages. */
  readonly place: string;
  readonly sides: readonly [KernelCall, KernelCall];
  /** Constants by the number of their pair. */
  readonly sources: Readonly<Record<string, Source>>;
}

/** A function whose kernels are the same at both batch sizes. */
export interface PairedTrace {
  readonly calls: readonly PairedCall[];
  readonly outputs: Readonly<Record<string, Source>>;
  /** Numbers of constants that stand for each other in the two traces. */
  readonly constants: readonly (readonly [number, number])[];
}

/** @throws Failure where the two calls did not do the same */
export function pairTraces(first: Trace, second: Trace): PairedTrace {
  const constants: (readonly [number, number])[] = [];
  const numbers = new Map<string, number>();
  const paired = (one: Source | undefined, other: Source | undefined, place: string): Source => {
    if (one?.kind === "constant" && other?.kind === "constant") {
      const pair = [one.constant, other.constant] as const;
      const key = pair.join();
      const known = numbers.get(key);
      if (known === undefined) {
        numbers.set(key, constants.length);
        constants.push(pair);
      }
      return { kind: "constant", constant: known ?? constants.length - 1 };
    }
    const isSame =
      (one?.kind === "input" && other?.kind === "input" && one.name === other.name) ||
      (one?.kind === "output" &&
        other?.kind === "output" &&
        one.call === other.call &&
        one.index === other.index);
    if (one === undefined || !isSame) throw differing(place);
    return one;
  };
  const pairedAll = (one: Record<string, Source>, other: Record<string, Source>, place: string) => {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return Object.fromEntries([...names].map((name) => [name, paired(one[name], other[name], place)]));
  };
  const calls = first.calls.map((call, index): PairedCall => {
    const other = second.calls[index];
    const place = `kernel ${index + 1} (${call.kernel})`;
    if (call.kernel !== other?.kernel || call.outputs.length !== other.outputs.length) throw differing(place);
    const sources = pairedAll(sourcesOf(call), sourcesOf(other), place);
    return { kernel: call.kernel, place, sides: [call, other], sources };
  });
  if (calls.length !== second.calls.length) throw differing(`kernel ${calls.length + 1}`);
  return { calls, outputs: pairedAll(first.outputs, second.outputs, "outputs"), constants };
}

const sourcesOf = ({ inputs }: KernelCall): Record<string, Source> =>
  Object.fromEntries(Object.entries(inputs).map(([name, { source }]) => [name, source]));

const differing = (place: string) =>
  new Failure(
    "graph-depends-on-batch",
    `The model does not call the same kernels for batches of ${batchSizes[0]} and of ${batchSizes[1]}.`,
    place,
    "Export a function without loops over the batch and without decisions by values.",
  );
