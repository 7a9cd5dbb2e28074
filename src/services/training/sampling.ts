import { move } from "../../boundary/move.ts";
import { type GenerationSpecification, generatedForms, learnedWords } from "../../domain/generation.ts";
import type { Values } from "../../domain/schema.ts";
import { type LatentDirections, latentDirections } from "../../experiments/generation/latentDirections.ts";
import type { GenerationCheckpoint } from "../../experiments/generation/runGeneration.ts";
import type { Generator } from "../../generators/generator.ts";
import { networkRange } from "../../generators/scaledSignals.ts";
import { backendInUse, openBackend } from "../../neural/backend/backends.ts";
import { writeSafetensors } from "../../neural/export/safetensors.ts";
import { zipOf } from "../../records/archive.ts";
import type { StoredGeneration } from "../../storage/database.ts";
import { findGenerator, wantedGeneration } from "../../storage/generations.ts";
import { buildGenerator } from "./buildGenerator.ts";
import type { ExportedModel } from "./exchange.ts";
import { csvOf, fileName, newSignals, recordFiles, type SignalRequest } from "./generatedFiles.ts";
import { generatorWeights } from "./generatorWeights.ts";

/** Beats from which the principal directions are found. */
const lookedAt = 256;
const directionsWanted = 6;

/** The generator that is open, for the next question. */
let opened: { readonly key: string; readonly generator: Generator } | null = null;

/** Lets go of the generator that is open. */
export function closeGenerator(): void {
  opened?.generator.dispose();
  opened = null;
}

/**
 * A generator as its last checkpoint left it, on the backend in use.
 * @param sampling hyper-parameters that only sampling heeds, where they differ from those that it was trained with
 * @throws Failure `no-such-generator`
 */
export async function openGenerator(
  id: string,
  sampling: Values = {},
): Promise<{ generation: StoredGeneration; generator: Generator }> {
  const generation = await wantedGeneration(id);
  const backend = backendInUse() ?? (await openBackend("wasm")).name;
  const key = `${id} ${backend} ${generation.progress.position} ${JSON.stringify(sampling)}`;
  if (opened?.key === key) return { generation, generator: opened.generator };
  closeGenerator();
  const { specification } = generation;
  const hyperparameters = { ...specification.hyperparameters, ...sampling };
  const { build } = await buildGenerator({ ...specification, hyperparameters });
  const generator = build();
  const checkpoint = ((await findGenerator(id))?.checkpoint ?? null) as GenerationCheckpoint | null;
  if (checkpoint !== null) generator.restore(checkpoint.state);
  opened = { key, generator };
  return { generation, generator };
}

/** What the training worker offers of generators that have learned something. */
export const samplingFunctions = {
  /** Latent vectors, `[count, latentSize]`, with their size. */
  async drawLatents(id: string, count: number, seed: number) {
    const { generator } = await openGenerator(id);
    return move({ latents: generator.drawLatents(count, seed), latentSize: generator.latentSize });
  },

  /** Signals of latent vectors, `[count, length]`, scaled to −1 … 1. @param labels position of each one's class */
  async signalsOfLatents(id: string, latents: Float32Array, labels: Uint8Array): Promise<Float32Array> {
    const { generator } = await openGenerator(id);
    return move(await generator.sampleScaled(latents, labels));
  },

  /**
   * Real signals, scaled, through a generator's own tokens and back, `[count, length]`; as they are where it has none.
   */
  async reconstructedSignals(id: string, signals: Float32Array): Promise<Float32Array> {
    const { generator } = await openGenerator(id);
    return move((await generator.reconstruct?.(signals)) ?? signals);
  },

  /** Directions in latent space in which the signals of a class change most. */
  async latentDirections(id: string, label: number): Promise<LatentDirections> {
    const { generator, generation } = await openGenerator(id);
    const { seed, form } = generation.specification;
    const latents = generator.drawLatents(lookedAt, seed + 1);
    const signals = await generator.sampleScaled(latents, new Uint8Array(lookedAt).fill(label));
    const { length } = generatedForms[form];
    return move(latentDirections(latents, generator.latentSize, signals, length, directionsWanted));
  },

  /** The weights that signals are drawn by, as a safetensors file. @throws Failure `no-weights` */
  async exportGenerator(id: string): Promise<ExportedModel> {
    const { generation, generator } = await openGenerator(id);
    const own = await generatorWeights(generator, generation.name);
    const { form } = generation.specification;
    const { length, samplingFrequency } = generatedForms[form];
    const tensors = new Map(own.map((each) => [each.name, each]));
    const bytes = writeSafetensors(tensors, {
      name: generation.name,
      specification: JSON.stringify(withoutMembers(generation.specification)),
      learnedFrom: learnedWords(generation.specification),
      version: generation.version,
      iterations: String(generation.progress.position),
      input: `latents [batch, ${generator.latentSize}], ${generator.latentWords ?? "standard normal"}`,
      output: `${form} scaled to ${networkRange.lowest} … ${networkRange.highest}, ${length} samples at ${samplingFrequency} Hz`,
      note: "Synthetic signals. Trained in the ECG synthesis workbench. Not for clinical use.",
    });
    return move({
      fileName: `${fileName(generation)}.safetensors`,
      mediaType: "application/octet-stream",
      bytes,
    });
  },

  /** New signals as a file: CSV with one a line in mV, or a zipped WFDB record with annotations. */
  async exportSignals(id: string, request: SignalRequest, format: "csv" | "wfdb"): Promise<ExportedModel> {
    const { generation, generator } = await openGenerator(id);
    const made = await newSignals(generator, generation, request);
    const name = fileName(generation);
    if (format === "csv") {
      const bytes = new TextEncoder().encode(csvOf(made, generation));
      return move({ fileName: `${name}.csv`, mediaType: "text/csv", bytes });
    }
    const bytes = await zipOf(recordFiles(made, generation).files);
    return move({ fileName: `${name}.zip`, mediaType: "application/zip", bytes });
  },

  /** New signals as the files of WFDB records, to be stored among the records. */
  async generatedRecord(id: string, request: SignalRequest) {
    const { generation, generator } = await openGenerator(id);
    return recordFiles(await newSignals(generator, generation, request), generation);
  },
};

/** Hashes of thousands of records would drown what a person looks for. */
function withoutMembers(specification: GenerationSpecification) {
  const { source } = specification;
  return source.kind === "records"
    ? { ...specification, source: { ...source, members: source.members.length } }
    : specification;
}
