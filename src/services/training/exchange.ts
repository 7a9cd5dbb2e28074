import { move } from "../../boundary/move.ts";
import { classifierGraph } from "../../classifiers/classifierGraph.ts";
import type { CellSpecification } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { cellEnvironment } from "../../experiments/realSynthetic/cellTraining.ts";
import { cellLength, cellValues, testCell } from "../../experiments/realSynthetic/runCell.ts";
import { backendInUse, openBackend } from "../../neural/backend/backends.ts";
import { readSafetensors, writeSafetensors } from "../../neural/export/safetensors.ts";
import { zipOf } from "../../records/archive.ts";
import { sha256 } from "../../records/hash.ts";
import { findModel, findTraining, keepModel, keepRun } from "../../storage/runs.ts";
import type { StoredModel, StoredRun } from "../../storage/trainings.ts";
import { libraryStore } from "./libraryStore.ts";
import { buildModel } from "./models.ts";

export const modelFormats = ["safetensors", "tfjs"] as const;
export type ModelFormat = (typeof modelFormats)[number];

export interface ExportedModel {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const plainName = (name: string) => name.replaceAll(/[^\w.-]+/g, "_").replaceAll(/_+/g, "_");

/** What a file tells of a network beside its weights: all that is needed to build, test and train it again. */
function metadataOf({ name, cell, version }: StoredModel): Record<string, string> {
  return {
    name,
    cell: JSON.stringify(cell),
    version,
    input: "signals [batch, time], lead II, standardised to mean 0 and standard deviation 1",
    output: "logits [batch, 1]; the logistic function gives the probability of the class",
    note: "Trained in the ECG synthesis workbench. Not for clinical use.",
  };
}

/** @throws Failure `model-file` */
function cellFrom(text: string | undefined, file: string): CellSpecification {
  const fail = (message: string) =>
    new Failure("model-file", message, file, "Choose a safetensors file that this workbench exported.");
  if (text === undefined) throw fail("The file does not say which network its weights belong to.");
  let cell: unknown;
  try {
    cell = JSON.parse(text);
  } catch {
    throw fail("What the file says of its network is no JSON.");
  }
  const isCell = typeof cell === "object" && cell !== null && "architecture" in cell && "form" in cell;
  if (!isCell || (cell as CellSpecification).kind !== "Real, Syn, Syn→Real") {
    throw fail("What the file says of its network is not of this workbench.");
  }
  return cell as CellSpecification;
}

/** What the training worker offers to bring networks out and in. */
export const exchangeFunctions = {
  /** A network as a safetensors file, or as a zip with a tfjs graph model. @throws Failure `no-such-model` */
  async exportModel(id: string, format: ModelFormat): Promise<ExportedModel> {
    const model = await findModel(id);
    const name = plainName(model.name);
    if (format === "safetensors") {
      const tensors = new Map(model.weights.map((each) => [each.name, each]));
      const bytes = writeSafetensors(tensors, metadataOf(model));
      return move({ fileName: `${name}.safetensors`, mediaType: "application/octet-stream", bytes });
    }
    if (backendInUse() === null) await openBackend("wasm");
    const classifier = await buildModel(model);
    try {
      const files = await classifierGraph(classifier, cellLength(model.cell), metadataOf(model));
      const entries = Object.entries(files).map(([fileName, bytes]) => ({ name: fileName, bytes }));
      const bytes = await zipOf(entries);
      return move({ fileName: `${name}.tfjs.zip`, mediaType: "application/zip", bytes });
    } finally {
      classifier.dispose();
    }
  },

  /**
   * Keeps a network from a safetensors file and tests it on its own test set, where that is at hand.
   * @returns its run
   * @throws Failure for a file that is damaged or not of this workbench
   */
  async importModel(fileName: string, bytes: Uint8Array): Promise<StoredRun> {
    const { tensors, metadata } = readSafetensors(bytes, fileName);
    const cell = cellFrom(metadata.cell, fileName);
    const environment = await cellEnvironment(cell, libraryStore);
    cellValues(cell, environment.architecture);
    const weights = [...tensors].map(([name, { shape, values }]) => ({ name, shape, values }));
    if (backendInUse() === null) await openBackend("wasm");
    (await buildModel({ cell, weights })).dispose();
    const id = await sha256(bytes);
    const name = metadata.name ?? fileName;
    const version = metadata.version ?? "";
    const createdAt = Date.now();
    await keepModel({ id, name, cell, version, imported: true, createdAt, weights });
    const run: StoredRun = {
      id,
      name,
      cell,
      createdAt,
      updatedAt: createdAt,
      state: "finished",
      message: "",
      notes: [`Imported from ${fileName}, not trained here.`],
      backend: null,
      version,
      seconds: 0,
      phases: [],
      result: null,
    };
    try {
      const tested = await testCell(cell, environment, weights, () => false);
      await keepRun(
        tested === null ? run : { ...run, result: { ...tested, bestEpoch: 0, bestLoss: Number.NaN } },
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await keepRun({ ...run, message: `It could not be tested here. ${error.describe()}` });
    }
    return (await findTraining(id)) as StoredRun;
  },
};
