import { adversarialGenerator } from "./adversarialGenerator.ts";
import { convolutionalParts, convolutionalSchema } from "./dcgan.ts";
import { beatLength, defineGenerator } from "./generator.ts";
import { cycleSchema, cycleTable, etaSourcesOf } from "./heartCycle.ts";
import { adversarialSchema, crossEntropyPlan, scalingSchema } from "./hyperparameters.ts";
import { inChosenRange, simulatedBeats, simulatedSchema } from "./simulatedBeats.ts";

/** Its latent is always a simulated beat, so how a latent is drawn is no question. */
const { samplingLatent: _, ...schema } = adversarialSchema;

export const refineGan = defineGenerator({
  title: "RefineGAN",
  description:
    "Convolutional networks that start from a simulated beat instead of noise. They take its 216 samples for as many channels, and may ignore them.",
  paper: "Golany, Radinsky & Freedman, ICML 2020, after Shrivastava et al., CVPR 2017",
  forms: ["beats"],
  isConditional: false,
  isPersonal: false,
  isTrained: true,
  hyperparameters: {
    ...convolutionalSchema,
    ...cycleSchema,
    ...simulatedSchema,
    ...schema,
    ...scalingSchema,
  },
  build(values, context) {
    const table = cycleTable(values);
    const [etas] = etaSourcesOf(values, context, table);
    return adversarialGenerator(values, context, {
      ...convolutionalParts(values, crossEntropyPlan(values), false, beatLength),
      latents: {
        size: beatLength,
        draw: (count, random) => inChosenRange(values, simulatedBeats(etas, table, count, random)),
      },
    });
  },
});
