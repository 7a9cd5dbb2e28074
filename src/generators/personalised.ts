import { numberAt, type Schema, type Values } from "../domain/schema.ts";
import { drawsAt } from "../neural/adversarial/draws.ts";
import { shuffledBatches } from "../neural/adversarial/realBatches.ts";
import { type AdversarialParts, adversarialGenerator } from "./adversarialGenerator.ts";
import { convolutionalParts, convolutionalSchema } from "./dcgan.ts";
import { beatLength, defineGenerator, type GeneratorContext } from "./generator.ts";
import { adversarialSchema, amountField, crossEntropyPlan, heightsOf } from "./hyperparameters.ts";
import { drawnRows, mixedPool, patientPool } from "./scaledSignals.ts";
import { denseParts } from "./vanillaGan.ts";

const personalSchema = {
  patientShare: amountField("Personalisation", "reconstruction", 0.5, 1, 0.01, {
    label: "Share of the patient",
    description:
      "How likely a real beat of a batch is the patient's own. The paper adds 800 to 1,000 of them to the others and tells no share.",
  }),
} satisfies Schema;

/** The same networks with a discriminator that also sees beats of the patient. */
function withPatient(values: Values, context: GeneratorContext, parts: AdversarialParts): AdversarialParts {
  const patient = patientPool(context);
  const share = numberAt(values, "patientShare");
  return {
    ...parts,
    ranges: mixedPool(context, share, heightsOf(values)),
    realBatches(pool, batchSize) {
      const population = shuffledBatches(pool, batchSize, context.seed);
      return (index) => {
        const random = drawsAt(context.seed, "mixing", index);
        const batch = population(index);
        for (let row = 0; row < batchSize; row++) {
          if (random.uniform() < share) {
            batch.set(
              drawnRows(patient, 1, (n) => random.integer(n)),
              row * beatLength,
            );
          }
        }
        return batch;
      };
    },
  };
}

export const personalisedGan = defineGenerator({
  title: "Personalised GAN",
  description: "The small networks with a discriminator that also sees beats of the patient.",
  paper: "Golany & Radinsky, AAAI 2019 (a baseline)",
  forms: ["beats"],
  isConditional: false,
  isPersonal: true,
  isTrained: true,
  hyperparameters: { ...personalSchema, ...adversarialSchema },
  build: (values, context) =>
    adversarialGenerator(values, context, withPatient(values, context, denseParts(values))),
});

export const personalisedDcgan = defineGenerator({
  title: "Personalised DCGAN",
  description: "The convolutional networks with a discriminator that also sees beats of the patient.",
  paper: "Golany & Radinsky, AAAI 2019 (a baseline)",
  forms: ["beats"],
  isConditional: false,
  isPersonal: true,
  isTrained: true,
  hyperparameters: { ...convolutionalSchema, ...personalSchema, ...adversarialSchema },
  build(values, context) {
    const parts = convolutionalParts(values, crossEntropyPlan(values), false);
    return adversarialGenerator(values, context, withPatient(values, context, parts));
  },
});
