import { adversarialGenerator, classNote } from "./adversarialGenerator.ts";
import { convolutionalParts, convolutionalSchema } from "./dcgan.ts";
import { defineGenerator } from "./generator.ts";
import { adversarialSchema, crossEntropyPlan } from "./hyperparameters.ts";
import { simulatorGuidance, simulatorSchema } from "./simulatorGuidance.ts";

export const simDcgan = defineGenerator({
  title: "SimGAN",
  description:
    "The main method of its paper, SimDCGAN: convolutional networks, with beats that should also solve the heart's equations.",
  paper: "Golany, Radinsky & Freedman, ICML 2020",
  forms: ["beats"],
  isConditional: true,
  classNote,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...convolutionalSchema, ...simulatorSchema, ...adversarialSchema },
  build: (values, context) =>
    adversarialGenerator(values, context, {
      ...convolutionalParts(values, crossEntropyPlan(values), true),
      guidance: simulatorGuidance(values, context),
    }),
});
