import { type WaveName, waveNames } from "../../domain/groundTruth.ts";
import type { Values } from "../../domain/schema.ts";
import type { Random } from "../../signal/random.ts";
import type { PackedQuantity } from "./parameters.ts";
import { shortestLength } from "./rhythms/rhythm.ts";
import { lengthIndex, packedIndex, type Quantity, shiftParent } from "./tableA1.ts";

/** The table of a recording as packed vectors: values, and both levels of standard deviations. */
export interface Table {
  readonly base: Float64Array;
  readonly recordingSd: Float64Array;
  readonly beatSd: Float64Array;
}

/**
 * Packs the table out of a schema's values. A quantity that a rhythm hides keeps its place in the table, so that the
 * waves that hang on it are drawn as ever, but has no amplitude.
 */
export function packTable(quantities: readonly PackedQuantity[], values: Values): Table {
  const pack = (suffix: string, name: keyof Quantity) =>
    Float64Array.from(quantities, ({ key, sign, hidden }) => {
      const value = values[key + suffix];
      return typeof value === "number" ? (name === "base" ? sign : 1) * value : hidden[name];
    });
  return {
    base: pack("", "base"),
    recordingSd: pack(".recordingSd", "recordingSd"),
    beatSd: pack(".beatSd", "beatSd"),
  };
}

const shiftIndex = Object.fromEntries(waveNames.map((wave) => [wave, packedIndex(wave, "shift")])) as Record<
  WaveName,
  number
>;
/** Every wave but P after the wave that it hangs on. */
const shiftChain = waveNames.flatMap((wave) => {
  const parent = shiftParent[wave];
  return parent === null ? [] : [{ from: shiftIndex[parent], to: shiftIndex[wave] }];
});

/**
 * Recording level: θ₀ = base + N(0, SD1), drawn into `drawn`. With hierarchical shifts the deviations of the shifts add
 * up along P → Q → R and Q → S → T (released code). Nothing is clipped but the length, to `lengths`.
 */
export function drawRecordingTable(
  table: Table,
  hierarchical: boolean,
  lengths: readonly [number, number],
  random: Random,
  drawn: Float64Array,
): void {
  const { base, recordingSd } = table;
  for (let index = 0; index < base.length; index++) {
    drawn[index] = base[index] + (recordingSd[index] === 0 ? 0 : recordingSd[index] * random.normal());
  }
  if (hierarchical) {
    for (const { from, to } of shiftChain) drawn[to] += drawn[from] - base[from];
  }
  drawn[lengthIndex] = Math.min(lengths[1], Math.max(lengths[0], drawn[lengthIndex]));
}

/** Beat level: `beat` = `around` + N(0, SD2); the length is kept above the shortest. */
export function perturbBeat(table: Table, around: Float64Array, random: Random, beat: Float64Array): void {
  const { beatSd } = table;
  for (let index = 0; index < beat.length; index++) {
    beat[index] = around[index] + (beatSd[index] === 0 ? 0 : beatSd[index] * random.normal());
  }
  if (beat[lengthIndex] < shortestLength) beat[lengthIndex] = shortestLength;
}
