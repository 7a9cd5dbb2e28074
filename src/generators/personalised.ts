import { numberAt, type Schema, type Values } from "../domain/schema.ts";
import { drawsAt } from "../neural/adversarial/draws.ts";
import { type RealBatches, type SignalPool, shuffledBatches } from "../neural/adversarial/realBatches.ts";
import { type AdversarialParts, adversarialGenerator } from "./adversarialGenerator.ts";
import { convolutionalParts, convolutionalSchema } from "./dcgan.ts";
import { defineGenerator, type GeneratorContext } from "./generator.ts";
import {
  adversarialSchema,
  amountField,
  crossEntropyPlan,
  poolOptions,
  scalingSchema,
} from "./hyperparameters.ts";
import { drawnRows, mixedPool, patientPool } from "./scaledSignals.ts";
import { denseParts } from "./vanillaGan.ts";

const personalSchema = {
  patientShare: amountField("Personalisation", "reconstruction", 0.5, 1, 0.01, {
    label: "Share of the patient",
    description:
      "How many of the real beats of a batch are the patient's own. The paper adds 800 to 1,000 of them to the others and tells no share.",
  }),
  ...scalingSchema,
} satisfies Schema;

/** The same networks with a discriminator that also sees beats of the patient. */
function withPatient(values: Values, context: GeneratorContext, parts: AdversarialParts): AdversarialParts {
  const options = poolOptions(values);
  const patient = patientPool(context, options);
  const share = numberAt(values, "patientShare");
  return {
    ...parts,
    ranges: mixedPool(context, share, options),
    realBatches: (pool, batchSize) =>
      mixedBatches(shuffledBatches(pool, batchSize, context.seed), patient, {
        share,
        batchSize,
        seed: context.seed,
      }),
  };
}

/**
 * Batches of the population in which the patient's beats take the first rows: as many in every batch, but for the part of a
 * row that is left. A generator that meets now more of them, now fewer, swings between the two groups.
 * @param share of the patient
 */
export function mixedBatches(
  population: RealBatches,
  patient: SignalPool,
  { share, batchSize, seed }: { readonly share: number; readonly batchSize: number; readonly seed: number },
): RealBatches {
  const expected = share * batchSize;
  return (index) => {
    const random = drawsAt(seed, "mixing", index);
    const batch = population(index);
    const count = Math.floor(expected) + (random.uniform() < expected % 1 ? 1 : 0);
    batch.set(drawnRows(patient, count, (n) => random.integer(n)));
    return batch;
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
