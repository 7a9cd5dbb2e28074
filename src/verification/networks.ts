import type { CellSpecification } from "../domain/experiment.ts";
import type { Values } from "../domain/schema.ts";
import { agreementAt, averagePrecision } from "../evaluation/metrics/classification.ts";
import { type CellEnvironment, runCell } from "../experiments/realSynthetic/runCell.ts";
import { openBackend } from "../neural/backend/backends.ts";
import { architectureNamed } from "../services/training/environment.ts";
import { table } from "./markdown.ts";
import type { Claim, Proof } from "./proof.ts";

/** F1 on recordings held out that every architecture reaches at its full size. */
const promised = 0.95;

const tokens = { chunkLength: "20", batchSize: 32, evaluateEvery: 1, patience: 4 } as const;
const convolutional = { batchSize: 32, evaluateEvery: 1, patience: 3 } as const;

/** Full size in width and depth, trained until validation no longer gains; small ones first. */
const settings: Readonly<Record<string, Values>> = {
  gru: { ...tokens, learningRate: 3e-3, epochs: 25 },
  lstm: { ...tokens, learningRate: 3e-3, epochs: 25 },
  s4: { ...tokens, learningRate: 3e-3, epochs: 30 },
  mega: { ...tokens, learningRate: 1e-3, epochs: 25 },
  transformer: { ...tokens, learningRate: 1e-3, epochs: 30 },
  luna: { ...tokens, learningRate: 1e-3, epochs: 30 },
  resNet18: { ...convolutional, learningRate: 1e-3, epochs: 6 },
  efficientNetB0: { ...convolutional, learningRate: 1e-3, epochs: 8 },
  resNet34: { ...convolutional, learningRate: 1e-3, epochs: 5 },
  resNet50: { ...convolutional, learningRate: 5e-4, epochs: 5 },
};

const perClass = 500;

function cellFor(architecture: string): CellSpecification {
  return {
    kind: "Real, Syn, Syn→Real",
    task: "af",
    architecture,
    hyperparameters: settings[architecture],
    setting: "synthetic",
    split: 1,
    positives: null,
    form: { samplingFrequency: 100, duration: 10, lead: "II" },
    synthetic: { preset: "clinical", perClass, validationPerClass: 100, testPerClass: 200 },
    real: null,
    seed: 11,
  };
}

/** A cell that is synthetic throughout needs nothing but its network. */
async function syntheticEnvironment(name: string): Promise<CellEnvironment> {
  return {
    architecture: await architectureNamed(name),
    realRecords: async () => [],
    realSignals: async () => null,
    pretrained: async () => null,
    keepPretrained: async () => {},
  };
}

/** Every architecture, at full size, learns atrial fibrillation from synthetic recordings. */
export const networks: Proof = {
  title: "Ten architectures learn",
  needsData: false,
  async gather(_data, progress) {
    await openBackend("wasm");
    const rows: (string | number)[][] = [];
    const claims: Claim[] = [];
    for (const name of Object.keys(settings)) {
      const cell = cellFor(name);
      const environment = await syntheticEnvironment(name);
      const { title } = environment.architecture;
      const began = performance.now();
      const outcome = await runCell(cell, environment, {
        stopped: () => false,
        onValidation: ({ epoch, loss }) =>
          progress(`${title}, epoch ${epoch}: validation loss ${loss.toFixed(3)}`),
      });
      if (!("result" in outcome)) {
        rows.push([title, outcome.end, "–", "–", "–"]);
        claims.push({ promise: `${title} learns`, measured: outcome.end, holds: false });
        continue;
      }
      const { probabilities, labels, bestEpoch, bestLoss } = outcome.result;
      const truths = Array.from(labels, (label) => label === 1);
      const { f1 } = agreementAt(probabilities, truths, 0.5);
      const area = averagePrecision(probabilities, truths) ?? 0;
      progress(`${title}: F1 ${f1.toFixed(3)} after ${((performance.now() - began) / 1000).toFixed(0)} s`);
      rows.push([title, f1.toFixed(3), area.toFixed(3), bestEpoch, bestLoss.toFixed(4)]);
      claims.push({
        promise: `${title} reaches F1 ≥ ${promised} on synthetic recordings held out`,
        measured: f1.toFixed(3),
        holds: f1 >= promised,
      });
    }
    const document = [
      `Atrial fibrillation against normal: ${perClass} + ${perClass} synthetic recordings of lead II, 10 s at 100 Hz, in the`,
      "clinical preset; 100 + 100 for validation, 200 + 200 held out for the test. Each network at its full width, by",
      "WebAssembly on one thread, with the seed 11.",
      "",
      table(["architecture", "F1 at 0.5", "AUPRC", "best epoch", "validation loss"], rows),
    ].join("\n");
    return { document, claims };
  },
};
