import { move } from "../../boundary/move.ts";
import type { Classifier } from "../../classifiers/architecture.ts";
import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { type Counterfactual, nearestFlip } from "../../classifiers/counterfactual.ts";
import { differentiableRecording } from "../../classifiers/differentiableRecording.ts";
import { saliencyOf } from "../../classifiers/saliency.ts";
import type { ExampleReference } from "../../domain/experiment.ts";
import { cellLength, cellNetwork } from "../../experiments/realSynthetic/runCell.ts";
import { formSignal } from "../../experiments/realSynthetic/signals.ts";
import { syntheticSamples } from "../../experiments/realSynthetic/synthetic.ts";
import { tasks } from "../../experiments/realSynthetic/tasks.ts";
import { backendInUse, openBackend } from "../../neural/backend/backends.ts";
import { logistic, logitsOf, probabilitiesOf } from "../../neural/training/evaluate.ts";
import { writeWeights } from "../../neural/training/weights.ts";
import { standardise } from "../../signal/standardise.ts";
import type { SimulationRequest } from "../../simulators/simulator.ts";
import { deleteModel, findModel, keepModel, listModels } from "../../storage/runs.ts";
import type { StoredModel } from "../../storage/trainings.ts";
import { storedSignal } from "./libraryStore.ts";

/** A recording as a network sees it, and where the network looked. */
export interface ExplainedExample {
  /** `[time]`, standardised. */
  readonly samples: Float32Array;
  /** Hz */
  readonly samplingFrequency: number;
  /** Gradient of the logit times the sample, by size, smoothed over 20 ms and scaled to a largest of 1; null without a network. */
  readonly saliency: Float32Array | null;
  /** Probability of the class; null without a network. */
  readonly probability: number | null;
}

/** How far beyond the flip a changed recording is put, so that rounding and another sampling do not take it back. */
const overshoot = 1.05;

/** A network as a list shows it. */
export interface NetworkBrief {
  readonly id: string;
  readonly name: string;
  /** What it decides on. */
  readonly task: string;
  /** s of a recording that it looks at. */
  readonly duration: number;
}

/** A network that was opened, kept for the next question. */
let opened: { readonly id: string; readonly backend: string; readonly classifier: Classifier } | null = null;

/** A stored network with its weights on the backend in use. @throws Failure `no-such-model` */
async function openModel(id: string): Promise<{ model: StoredModel; classifier: Classifier }> {
  const model = await findModel(id);
  const backend = backendInUse() ?? (await openBackend("wasm")).name;
  if (opened?.id === id && opened.backend === backend) return { model, classifier: opened.classifier };
  closeModel();
  const classifier = await buildModel(model);
  opened = { id, backend, classifier };
  return { model, classifier };
}

/** Lets go of the network that is open. */
export function closeModel(): void {
  opened?.classifier.dispose();
  opened = null;
}

/** The network of a stored model on the backend in use. */
export async function buildModel(model: Pick<StoredModel, "cell" | "weights">): Promise<Classifier> {
  const classifier = cellNetwork(model.cell, await architectureNamed(model.cell.architecture));
  writeWeights(classifier, model.weights);
  return classifier;
}

export const modelFunctions = {
  /** A test recording as a network sees it, with where the network looked. @throws Failure `no-such-record` */
  async explainExample(id: string, example: ExampleReference): Promise<ExplainedExample> {
    const { model, classifier } = await openModel(id);
    const { form } = model.cell;
    const samples =
      example.kind === "record" ? await storedSignal(example.hash, form) : syntheticSamples(example, form);
    const { logit, saliency } = await saliencyOf(classifier, samples, form.samplingFrequency);
    return move({
      samples,
      samplingFrequency: form.samplingFrequency,
      saliency,
      probability: logistic(logit),
    });
  },

  /**
   * Probability that a network gives recordings of its own form.
   * @param signals `[count, time]`, in any unit: they are standardised here
   */
  async predict(id: string, signals: Float32Array): Promise<Float32Array> {
    const { model, classifier } = await openModel(id);
    const length = cellLength(model.cell);
    const count = signals.length / length;
    const own = Float32Array.from(signals);
    for (let row = 0; row < count; row++) standardise(own.subarray(row * length, (row + 1) * length));
    const logits = await logitsOf(classifier, { signals: own, count, length }, 32);
    return probabilitiesOf(logits as Float32Array);
  },

  /**
   * Probability that a network gives a lead of any length and sampling frequency: the first seconds of it, in the
   * network's own form.
   */
  async judge(id: string, samples: Float32Array, samplingFrequency: number): Promise<number> {
    const { model, classifier } = await openModel(id);
    const signals = formSignal(samples, samplingFrequency, model.cell.form);
    const logits = await logitsOf(classifier, { signals, count: 1, length: signals.length }, 1);
    return logistic((logits as Float32Array)[0]);
  },

  /**
   * What would change a network's mind about a synthetic recording: the nearest values of its waves that flip the
   * decision, a little beyond it.
   * @throws Failure `not-differentiable` for recordings that are no smooth function of their waves
   */
  async changeMind(id: string, request: SimulationRequest): Promise<Counterfactual> {
    const { model, classifier } = await openModel(id);
    const { samplingFrequency, duration } = model.cell.form;
    const recording = differentiableRecording({ ...request, samplingFrequency, duration });
    try {
      const found = await nearestFlip(recording, classifier.forward);
      const beyond = recording.keys.map((key, index) => {
        const { minimum, maximum } = recording.fields[index];
        const start = recording.values[index];
        const value = start + (found.found ? overshoot : 1) * (found.values[key] - start);
        return [key, Number(Math.min(maximum, Math.max(minimum, value)).toPrecision(5))] as const;
      });
      return { ...found, values: Object.fromEntries(beyond) };
    } finally {
      recording.dispose();
    }
  },

  /** Networks that can be asked, newest first, without their weights. */
  async listNetworks(): Promise<NetworkBrief[]> {
    return (await listModels()).map(({ id, name, cell }) => ({
      id,
      name,
      task: tasks[cell.task].title,
      duration: cell.form.duration,
    }));
  },

  async renameModel(id: string, name: string): Promise<void> {
    await keepModel({ ...(await findModel(id)), name: name.trim() });
  },

  async removeModel(id: string): Promise<void> {
    if (opened?.id === id) closeModel();
    await deleteModel(id);
  },
};
