import { expect } from "vitest";
import { resolveValues, type Values } from "../domain/schema.ts";
import type { Generator, GeneratorContext, GeneratorModel } from "../generators/generator.ts";
import { readMeasures } from "../neural/training/measures.ts";
import type { NamedArray } from "../neural/training/weights.ts";
import { beatContext } from "./beatContext.ts";
import { gaussianBeats } from "./gaussianBeats.ts";

/** Beats that small generators learn from. */
export const learnedBeats = gaussianBeats(24, 1);

/** A small form of a generator, which takes a step in a moment. */
export function smallForm({ hyperparameters }: GeneratorModel, overrides: Values = {}) {
  const wanted: Values = {
    generatorWidth: "4",
    discriminatorWidth: "4",
    batchSize: 4,
    size: "tiny",
    samplingSteps: 3,
    lowSteps: 2,
    highSteps: 2,
    discriminatorSteps: hyperparameters["constraint"] === undefined ? 1 : 2,
    ...overrides,
  };
  const known = Object.entries(wanted).filter(([key]) => hyperparameters[key] !== undefined);
  return resolveValues(hyperparameters, Object.fromEntries(known));
}

/** What they learn from, with beats of a patient. */
export const contextOf = (seed = 1): GeneratorContext =>
  beatContext(learnedBeats, { patientBeats: gaussianBeats(6, 90), seed });

/** A small generator. */
export const buildSmall = (model: GeneratorModel, seed = 1, overrides: Values = {}): Generator =>
  model.build(smallForm(model, overrides), contextOf(seed));

/** Names of arrays that are not the same to the last bit: comparing them by `toEqual` takes seconds. */
export function differing(one: readonly NamedArray[], other: readonly NamedArray[]): string[] {
  expect(one.map(({ name }) => name)).toEqual(other.map(({ name }) => name));
  return one.flatMap(({ name, values }, index) =>
    values.every((value, at) => Object.is(value, other[index].values[at])) ? [] : [name],
  );
}

/** What some steps tell. */
export const take = async (generator: Generator, from: number, steps: number) =>
  readMeasures(
    generator.measures,
    Array.from({ length: steps }, (_, index) => generator.trainStep(from + index)),
  );
