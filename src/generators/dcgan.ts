import { chosenNumber, type Schema, type Values } from "../domain/schema.ts";
import {
  convolutionalDiscriminator,
  convolutionalGenerator,
} from "../neural/adversarial/convolutionalNetworks.ts";
import type { AdversarialPlan } from "../neural/adversarial/training.ts";
import {
  type AdversarialParts,
  adversarialGenerator,
  classNote,
  latentSize,
} from "./adversarialGenerator.ts";
import { defineGenerator } from "./generator.ts";
import {
  adversarialSchema,
  crossEntropyPlan,
  discriminatorForm,
  discriminatorShape,
  discriminatorWidth,
  generatorWidth,
  scalingSchema,
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
  size = latentSize,
): AdversarialParts {
  return {
    generator: (scope, conditions) =>
      convolutionalGenerator(scope, {
        inputs: { values: size, conditions },
        width: chosenNumber(values, "generatorWidth"),
        hasBias,
      }),
    discriminator: (scope, conditions) =>
      convolutionalDiscriminator(scope, { ...discriminatorShape(values, plan), conditions }),
    plan,
  };
}

export const dcgan = defineGenerator({
  title: "DCGAN",
  description: "Seven transposed convolutions against six convolutions, judged by the data alone.",
  paper: "Radford, Metz & Chintala, ICLR 2016; sizes of SimGAN's program",
  forms: ["beats"],
  isConditional: true,
  classNote,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...convolutionalSchema, ...adversarialSchema, ...scalingSchema },
  build: (values, context) =>
    adversarialGenerator(values, context, convolutionalParts(values, crossEntropyPlan(values), false)),
});
