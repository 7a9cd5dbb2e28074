import { Failure } from "../../domain/failure.ts";
import type { GenerationSpecification } from "../../domain/generation.ts";
import { resolveValues } from "../../domain/schema.ts";
import type { Generator, GeneratorModel } from "../../generators/generator.ts";
import { type GeneratorName, generators } from "../../generators/index.ts";
import { beatsFor, patientBeats } from "./beatSources.ts";

/** @throws Failure `unknown-generator` */
export async function generatorNamed(name: string): Promise<GeneratorModel> {
  if (!Object.hasOwn(generators, name)) {
    const known = Object.keys(generators).join(", ");
    throw new Failure("unknown-generator", "There is no such generator.", name, `Choose ${known}.`);
  }
  return generators[name as GeneratorName]();
}

/** The generator that a specification describes, untrained, with the beats that it learns from. */
export async function buildGenerator(specification: GenerationSpecification) {
  const model = await generatorNamed(specification.model);
  const set = await beatsFor(specification);
  const { beatClass, source, patient, seed } = specification;
  const own = patient === null ? null : await patientBeats(source, patient, beatClass);
  const values = resolveValues(model.hyperparameters, specification.hyperparameters);
  const context = { beats: set.beats, count: set.count, beatClass, seed };
  const build = (): Generator =>
    model.build(values, { ...context, ...(own === null ? {} : { patientBeats: own }) });
  return { build, set };
}
