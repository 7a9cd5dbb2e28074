import { Failure } from "../../domain/failure.ts";
import { resolveValues } from "../../domain/schema.ts";
import type { Generator, GeneratorModel } from "../../generators/generator.ts";
import { networkRange } from "../../generators/scaledSignals.ts";
import { rowsOf } from "../../neural/adversarial/realBatches.ts";
import { meanPairDistance } from "../../neural/adversarial/stability.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { scaleToRange } from "../../simulators/heartOde/scaling.ts";
import { noiseBeats, repeatedBeats, seedFor } from "./addedBeats.ts";
import { generatorAddress } from "./addresses.ts";
import { beatFrequency, beatSamples, samplesOfClass } from "./beatSets.ts";
import { confidentBeats, predictedClasses } from "./patientWindow.ts";
import type { Addition, CellSets } from "./protocol.ts";
import type { BeatCellInterruption, BeatCellRun } from "./runBeatCell.ts";
import { probabilitiesFor } from "./scores.ts";
import type { BeatCell, ChosenGenerator } from "./specification.ts";
import { trainGenerator } from "./trainGenerator.ts";

/** Beats that are trained on beside the real ones. */
export interface Added {
  /** `[any, 216]`, mV */
  readonly beats: Float32Array;
  /** One a beat. */
  readonly labels: Uint8Array;
  /** Beats of the adaptation window that they were made with, or are. */
  readonly fromWindow: number;
  /** Of generated ones: their mean distance over that of real ones of the class. */
  readonly diversity?: number;
}

/** Makes what a cell adds. The network of the run has been trained on the real beats, where the window is needed. */
export async function makeAdded(
  run: BeatCellRun,
  addition: Exclude<Addition, { kind: "nothing" | "again" }>,
): Promise<Added | BeatCellInterruption> {
  const { cell, sets } = run;
  const ofClass = (beats: Float32Array, fromWindow = 0): Added => ({
    beats,
    labels: new Uint8Array(beats.length / beatSamples).fill(sets.positive),
    fromWindow,
  });
  if (addition.kind === "noise") return ofClass(noiseBeats(addition.count, seedFor(cell.seed, "control")));
  if (addition.kind === "repeated") {
    const real = samplesOfClass(sets.train, cell.target);
    return ofClass(repeatedBeats(real, addition.count, seedFor(cell.seed, "control")));
  }
  if (addition.kind === "predicted") {
    const probabilities = await windowProbabilities(run);
    if (probabilities === null) return { end: "cancelled" };
    const labels = predictedClasses(probabilities);
    return { beats: windowOf(run), labels, fromWindow: labels.length };
  }
  let personal: Float32Array | null = null;
  if (addition.fromWindow !== null) {
    const probabilities = await windowProbabilities(run);
    if (probabilities === null) return { end: "cancelled" };
    personal = confidentBeats(windowOf(run), probabilities, sets.positive, addition.fromWindow);
  }
  const beats = await generatedBeats(run, addition, personal);
  if ("end" in beats) return beats;
  const diversity = diversityBeside(beats, samplesOfClass(sets.train, cell.target));
  return { ...ofClass(beats, (personal?.length ?? 0) / beatSamples), diversity };
}

/** Beats of each side by which diversity is judged. */
const judged = 64;

/** Mean distance between beats over that between real ones, each beat from −1 to 1, of so many spread over each set. */
export function diversityBeside(beats: Float32Array, real: Float32Array): number {
  const [own, others] = [beats, real].map((each) => {
    const count = each.length / beatSamples;
    const wanted = Math.min(judged, count);
    const rows = Array.from({ length: wanted }, (_, place) => Math.floor((place * count) / wanted));
    const some = rowsOf({ samples: each, count, length: beatSamples }, rows);
    return meanPairDistance(scaleToRange(some, beatSamples, networkRange).samples, beatSamples);
  });
  return own / others;
}

/** @throws Failure `no-patient-beats` */
function windowOf({ cell, sets }: BeatCellRun): Float32Array {
  if (sets.window !== null && sets.window.length > 0) return sets.window;
  throw new Failure(
    "no-patient-beats",
    "There is no beat in the adaptation window.",
    cell.kind === "PGAN" ? cell.patient : cell.source.name,
    "Choose a longer window or another patient.",
  );
}

function windowProbabilities(run: BeatCellRun): Promise<Float32Array | null> {
  const { sets, network, plan, hooks } = run;
  const { outputs } = sets;
  return probabilitiesFor(network, windowOf(run), { outputs, batchSize: plan.batchSize }, hooks.stopped);
}

/** The generator of a cell, untrained, with the beats of the class that are trained on. */
export function cellGenerator(
  model: GeneratorModel,
  cell: BeatCell,
  sets: Pick<CellSets, "train">,
  chosen: Pick<ChosenGenerator, "hyperparameters" | "iterations">,
  patientBeats: Float32Array | null,
): Generator {
  const signals = samplesOfClass(sets.train, cell.target);
  const real = signals.length / beatSamples;
  return model.build(resolveValues(model.hyperparameters, chosen.hyperparameters), {
    signals,
    count: real,
    length: beatSamples,
    samplingFrequency: beatFrequency,
    classes: [cell.target],
    labels: new Uint8Array(real),
    ...(patientBeats === null ? {} : { patientBeats }),
    iterations: chosen.iterations,
    seed: seedFor(cell.seed, "generator"),
  });
}

/** Beats of the cell's generator in mV: another cell's, or trained here and kept for others. */
async function generatedBeats(
  { cell, environment, hooks, checkpoint, sets }: BeatCellRun,
  { count, chosen }: Extract<Addition, { kind: "generated" }>,
  patientBeats: Float32Array | null,
): Promise<Float32Array | BeatCellInterruption> {
  const model = environment.generator;
  if (model === null) throw new TypeError(`the environment gives no generator for ${chosen.generator}`);
  const generator = cellGenerator(model, cell, sets, chosen, patientBeats);
  try {
    if (model.isTrained) {
      const address = await generatorAddress(cell);
      const known: readonly NamedArray[] | null = await environment.shared(address);
      if (known !== null) generator.restore(known);
      else {
        hooks.onPlan?.("generator", { total: chosen.iterations, perEpoch: chosen.iterations });
        hooks.onActivity?.({ phase: "generator", doing: "training" });
        const outcome = await trainGenerator(
          generator,
          chosen.iterations,
          {
            ...hooks,
            onCheckpoint: async (state) => hooks.onCheckpoint?.({ phase: "generator", state }),
          },
          checkpoint?.phase === "generator" ? checkpoint.state : null,
        );
        if (outcome.kind === "cancelled") return { end: "cancelled" };
        if (outcome.kind === "diverged") return { end: "diverged", reason: outcome.reason };
        await environment.keepShared(address, await generator.state());
      }
    }
    return await generator.sample(count, seedFor(cell.seed, "sampling"));
  } finally {
    generator.dispose();
  }
}
