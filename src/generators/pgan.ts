import { adversarialGenerator } from "./adversarialGenerator.ts";
import { ecgGanParts, ecgGanSchema } from "./ecgGan.ts";
import { defineGenerator } from "./generator.ts";
import { poolOptions } from "./hyperparameters.ts";
import { patientPool } from "./scaledSignals.ts";

export const pgan = defineGenerator({
  title: "PGAN",
  description:
    "The ECG GAN with the wave heights of one patient's first beats to follow; the whole population still tells what a beat is.",
  paper: "Golany & Radinsky, AAAI 2019",
  forms: ["beats"],
  isConditional: false,
  isPersonal: true,
  isTrained: true,
  hyperparameters: ecgGanSchema,
  build(values, context) {
    const patient = patientPool(context, poolOptions(values));
    return adversarialGenerator(values, context, { ...ecgGanParts(values, patient), ranges: patient });
  },
});
