import { chosenNumber, type Schema, type Values } from "../domain/schema.ts";
import {
  convolutionalDiscriminator,
  convolutionalGenerator,
} from "../neural/adversarial/convolutionalNetworks.ts";
import type { AdversarialPlan } from "../neural/adversarial/training.ts";
import { type AdversarialParts, adversarialGenerator, latentSize } from "./adversarialGenerator.ts";
import { defineGenerator } from "./generator.ts";
import {
  adversarialSchema,
  crossEntropyPlan,
  discriminatorForm,
  discriminatorShape,
  discriminatorWidth,
  generatorWidth,
} from "./hyperparameters.ts";

/** Sizes of the convolutional networks. */
export const convolutionalSchema = {
  generatorWidth,
  discriminatorWidth,
  discriminatorForm,
} satisfies Schema;

/**
 * SimGAN's convolutional networks; at width 64 they have 11,870,336 numbers (11,874,369 with biases) and 2,794,496.
 * @param hasBias whether the generator's layers add one: in the program those with a simulator and the critic's do
 */
export function convolutionalParts(
  values: Values,
  plan: AdversarialPlan,
  hasBias: boolean,
  inputs = latentSize,
): AdversarialParts {
  return {
    generator: (scope) =>
      convolutionalGenerator(scope, {
        latentSize: inputs,
        width: chosenNumber(values, "generatorWidth"),
        hasBias,
      }),
    discriminator: (scope) => convolutionalDiscriminator(scope, discriminatorShape(values, plan)),
    plan,
  };
}

export const dcgan = defineGenerator({
  title: "DCGAN",
  description: "Seven transposed convolutions against six convolutions, judged by the data alone.",
  paper: "Radford, Metz & Chintala, ICLR 2016; sizes of SimGAN's program",
  forms: ["beats"],
  isConditional: false,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...convolutionalSchema, ...adversarialSchema },
  build: (values, context) =>
    adversarialGenerator(values, context, convolutionalParts(values, crossEntropyPlan(values), false)),
});
