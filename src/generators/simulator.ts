import * as tf from "@tensorflow/tfjs-core";
import { drawsAt, normalDraws } from "../neural/adversarial/draws.ts";
import { etaSize, leastWidth, unpackEta } from "../simulators/heartOde/etaParameters.ts";
import { eulerBeat } from "../simulators/heartOde/eulerBeat.ts";
import { beatLength, defineGenerator, labelsOf } from "./generator.ts";
import { cycleSchema, cycleTable, etaSourcesOf, networkUnit } from "./heartCycle.ts";
import { heightsSchema, poolOptions } from "./hyperparameters.ts";
import { scaledPool } from "./scaledSignals.ts";
import { inChosenRange, simulatedSchema } from "./simulatedBeats.ts";

export const simulator = defineGenerator({
  title: "Simulator alone",
  description:
    "Beats of the heart's equations with waves drawn around those of the class; nothing is trained.",
  paper: "McSharry et al., IEEE Trans Biomed Eng 2003; as in Golany, Radinsky & Freedman, ICML 2020",
  forms: ["beats"],
  isConditional: true,
  isPersonal: false,
  isTrained: false,
  hyperparameters: { ...cycleSchema, ...simulatedSchema, ...heightsSchema },
  build(values, context) {
    const pool = scaledPool(context, poolOptions(values));
    const table = cycleTable(values);
    const etas = etaSourcesOf(values, context, table);
    const { scale, offset } = networkUnit;
    const drawLatents = (count: number, seed: number) =>
      normalDraws(count, etaSize, drawsAt(seed, "sampling"));
    /** A latent vector holds how far each of the 15 numbers is from its mean, in standard deviations. */
    const beatOf = (latent: Float32Array, label: number) => {
      const { mean, standardDeviation } = etas[label];
      const eta = unpackEta(mean.map((value, entry) => value + standardDeviation[entry] * latent[entry]));
      const b = eta.b.map((width) => Math.max(leastWidth, width));
      return eulerBeat({ ...eta, b }, table).map((value) => (value - offset) / scale);
    };
    const sampleScaled = (latents: Float32Array, wanted?: Uint8Array) => {
      const labels = labelsOf(latents.length / etaSize, etas.length, wanted);
      const beats = new Float32Array(labels.length * beatLength);
      labels.forEach((label, row) => {
        beats.set(beatOf(latents.subarray(row * etaSize, (row + 1) * etaSize), label), row * beatLength);
      });
      return inChosenRange(values, beats);
    };
    return {
      latentSize: etaSize,
      measures: [],
      trainStep: () => tf.tensor1d([], "float32"),
      state: async () => [],
      restore: () => {},
      drawLatents,
      sampleScaled: async (latents, labels) => sampleScaled(latents, labels),
      inMillivolt: pool.inMillivolt,
      async sample(count, seed, label) {
        const labels = labelsOf(count, etas.length, label);
        return pool.inMillivolt(sampleScaled(drawLatents(count, seed), labels), seed, labels);
      },
      network: null,
      parameters: [],
      dispose: () => {},
    };
  },
});
