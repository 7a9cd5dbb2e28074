import type { Schema } from "../domain/schema.ts";
import { scaleToRange } from "../simulators/heartOde/scaling.ts";
import { adversarialGenerator } from "./adversarialGenerator.ts";
import { convolutionalParts, convolutionalSchema } from "./dcgan.ts";
import { beatLength, defineGenerator } from "./generator.ts";
import { cycleSchema, cycleTable, etaSourcesOf } from "./heartCycle.ts";
import { adversarialSchema, crossEntropyPlan } from "./hyperparameters.ts";
import { networkRange } from "./scaledSignals.ts";
import { simulatedBeats } from "./simulatedBeats.ts";

/** Its latent is always a simulated beat, so how a latent is drawn is no question. */
const { samplingLatent: _, ...schema } = adversarialSchema;

const simulatedSchema = {
  simulatedRange: {
    kind: "choice",
    section: "Simulator",
    advanced: true,
    label: "Range of the simulated beats",
    description:
      "As the equations give them, as in the code, or each from −1 to 1, as real beats come to the networks: fitted waves now and then give a beat many times as high.",
    provenance: "code",
    default: "equations",
    options: [
      { value: "equations", label: "As the equations give them (code)" },
      { value: "each", label: "Each from −1 to 1" },
    ],
  },
} satisfies Schema;

export const refineGan = defineGenerator({
  title: "RefineGAN",
  description:
    "Convolutional networks that start from a simulated beat instead of noise. They take its 216 samples for as many channels, and may ignore them.",
  paper: "Golany, Radinsky & Freedman, ICML 2020, after Shrivastava et al., CVPR 2017",
  forms: ["beats"],
  isConditional: false,
  isPersonal: false,
  isTrained: true,
  hyperparameters: { ...convolutionalSchema, ...cycleSchema, ...simulatedSchema, ...schema },
  build(values, context) {
    const table = cycleTable(values);
    const [etas] = etaSourcesOf(values, context, table);
    return adversarialGenerator(values, context, {
      ...convolutionalParts(values, crossEntropyPlan(values), false, beatLength),
      latents: {
        size: beatLength,
        draw: (count, random) => {
          const beats = simulatedBeats(etas, table, count, random);
          return values["simulatedRange"] === "each"
            ? scaleToRange(beats, beatLength, networkRange).samples
            : beats;
        },
      },
    });
  },
});
