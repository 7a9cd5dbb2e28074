import { adversarialGenerator, classNote } from "./adversarialGenerator.ts";
import { criticPlan, criticSchema } from "./criticHyperparameters.ts";
import { convolutionalParts, convolutionalSchema } from "./dcgan.ts";
import { defineGenerator } from "./generator.ts";
import { simulatorGuidance, simulatorSchema } from "./simulatorGuidance.ts";

export const simWgan = defineGenerator({
  title: "SimWGAN",
  description: "The networks with a critic, with beats that should also solve the heart's equations.",
  paper: "Golany, Radinsky & Freedman, ICML 2020 (program; results only in its appendix)",
  forms: ["beats"],
  isConditional: true,
  classNote,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...convolutionalSchema, ...simulatorSchema, ...criticSchema },
  build: (values, context) =>
    adversarialGenerator(values, context, {
      ...convolutionalParts(values, criticPlan(values), true),
      guidance: simulatorGuidance(values, context),
    }),
});
