import * as tf from "@tensorflow/tfjs-core";

/** What a step of a generator's training can tell, one number each, in words. A model tells some of it. */
export const measureWords = {
  generatorLoss: "loss of the generator",
  discriminatorLoss: "loss of the discriminator",
  simulatorLoss: "simulator loss",
  waveLoss: "wave loss",
  denoisingLoss: "loss of the denoising network",
  realAccuracy: "judgement of real beats",
  fakeAccuracy: "judgement of generated beats",
  generatorGradient: "gradient of the generator",
  discriminatorGradient: "gradient of the discriminator",
  reconstructionLoss: "error of the reconstruction",
  commitmentLoss: "distance of vectors from their codes",
  lowPerplexity: "perplexity of the codes of low frequencies",
  highPerplexity: "perplexity of the codes of high frequencies",
  lowPriorLoss: "cross entropy of tokens of low frequencies",
  highPriorLoss: "cross entropy of tokens of high frequencies",
} as const;
export type Measure = keyof typeof measureWords;

/** What steps told, the oldest first. */
export type MeasureHistory = readonly Partial<Record<Measure, number>>[];

/** What steps told, read from the device at once; the tensors are disposed of. */
export async function readMeasures(
  measures: readonly Measure[],
  steps: readonly tf.Tensor1D[],
): Promise<Partial<Record<Measure, number>>[]> {
  if (steps.length === 0 || measures.length === 0) {
    tf.dispose([...steps]);
    return steps.map(() => ({}));
  }
  const stacked = tf.stack([...steps]);
  const values = await stacked.data();
  tf.dispose([stacked, ...steps]);
  return steps.map((_, step) =>
    Object.fromEntries(measures.map((name, at) => [name, values[step * measures.length + at]])),
  );
}
