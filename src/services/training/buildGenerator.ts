import { type GenerationSpecification, generatedForms } from "../../domain/generation.ts";
import { resolveValues } from "../../domain/schema.ts";
import { checkOffer, type Generator } from "../../generators/generator.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import { patientBeatsFor } from "./patientBeats.ts";
import { signalsFor } from "./signalSources.ts";

/** The generator that a specification describes, untrained, with the signals that it learns from. */
export async function buildGenerator(specification: GenerationSpecification) {
  const model = await generatorNamed(specification.model);
  checkOffer(model, specification);
  const { form, classes, patient, iterations, seed } = specification;
  const set = await signalsFor(specification);
  const own = patient === null ? null : await patientBeatsFor({ ...specification, patient });
  const values = resolveValues(model.hyperparameters, specification.hyperparameters);
  const { signals, count, labels } = set;
  const context = { signals, count, labels, classes, ...generatedForms[form], iterations, seed };
  const build = (): Generator =>
    model.build(values, { ...context, ...(own === null ? {} : { patientBeats: own }) });
  return { build, set };
}
