import { adversarialGenerator, classNote } from "./adversarialGenerator.ts";
import { criticPlan, criticSchema } from "./criticHyperparameters.ts";
import { convolutionalParts, convolutionalSchema } from "./dcgan.ts";
import { defineGenerator } from "./generator.ts";
import { scalingSchema } from "./hyperparameters.ts";

export const wgan = defineGenerator({
  title: "WGAN",
  description:
    "Convolutional networks whose critic measures how far generated beats are from real ones, five updates for one of the generator.",
  paper: "Arjovsky, Chintala & Bottou, ICML 2017; sizes of SimGAN's program",
  forms: ["beats"],
  isConditional: true,
  classNote,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...convolutionalSchema, ...criticSchema, ...scalingSchema },
  build: (values, context) =>
    adversarialGenerator(values, context, convolutionalParts(values, criticPlan(values), true)),
});
