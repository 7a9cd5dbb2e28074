import { adversarialGenerator, classNote } from "./adversarialGenerator.ts";
import { defineGenerator } from "./generator.ts";
import { adversarialSchema } from "./hyperparameters.ts";
import { simulatorGuidance, simulatorSchema } from "./simulatorGuidance.ts";
import { denseParts } from "./vanillaGan.ts";

export const simVanillaGan = defineGenerator({
  title: "SimVGAN",
  description: "The small networks, with beats that should also solve the heart's equations.",
  paper: "Golany, Radinsky & Freedman, ICML 2020",
  forms: ["beats"],
  isConditional: true,
  classNote,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...simulatorSchema, ...adversarialSchema },
  build: (values, context) =>
    adversarialGenerator(values, context, {
      ...denseParts(values),
      guidance: simulatorGuidance(values, context),
    }),
});
