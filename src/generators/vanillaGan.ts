import type { Values } from "../domain/schema.ts";
import { denseDiscriminator, denseGenerator } from "../neural/adversarial/denseNetworks.ts";
import {
  type AdversarialParts,
  adversarialGenerator,
  classNote,
  latentSize,
} from "./adversarialGenerator.ts";
import { beatLength, defineGenerator } from "./generator.ts";
import { adversarialSchema, crossEntropyPlan, scalingSchema } from "./hyperparameters.ts";

/** Two networks with one hidden layer each: 40,792 and 27,905 numbers. */
export function denseParts(values: Values): AdversarialParts {
  const plan = crossEntropyPlan(values);
  return {
    generator: (scope, conditions) => denseGenerator(scope, { values: latentSize, conditions }, beatLength),
    discriminator: (scope, conditions) =>
      denseDiscriminator(
        scope,
        { values: plan.seesSpread ? 2 * beatLength : beatLength, conditions },
        values["spectralNormalisation"] === true,
      ),
    plan,
  };
}

export const vanillaGan = defineGenerator({
  title: "GAN",
  description: "Two small networks of one hidden layer each: trains in seconds, gives noisy beats.",
  paper: "Goodfellow et al., NeurIPS 2014; sizes of SimGAN's program",
  forms: ["beats"],
  isConditional: true,
  classNote,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...adversarialSchema, ...scalingSchema },
  build: (values, context) => adversarialGenerator(values, context, denseParts(values)),
});
