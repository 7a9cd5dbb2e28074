import { resolveValues } from "../../domain/schema.ts";
import type { GeneratorContext } from "../../generators/generator.ts";
import { generators } from "../../generators/index.ts";
import { comparedBeats, comparedSeed } from "./sources.ts";

/** What differs from the defaults for each set of beats of the simulator alone: as in SimGAN's trainings, and as in RefineGAN's. */
const settings = {
  byHand: {},
  fitted: { etaSource: "fitted", simulatedRange: "each" },
} as const;
export type SimulatorWaves = keyof typeof settings;
export const simulatorWaves = Object.keys(settings) as readonly SimulatorWaves[];

export const simulatorWords: Readonly<Record<SimulatorWaves, string>> = {
  byHand: "simulator alone, waves by hand",
  fitted: "simulator alone, waves fitted",
};

/** Above a panel, where less has room. */
export const simulatorTitles: Readonly<Record<SimulatorWaves, string>> = {
  byHand: "Simulator, by hand",
  fitted: "Simulator, fitted",
};

/**
 * Beats of the simulator alone, as many as of each generator.
 * @returns both `[comparedBeats, 216]`: in mV, and in the unit of the networks
 */
export async function simulatorBeats(
  waves: SimulatorWaves,
  context: GeneratorContext,
): Promise<{ readonly beats: Float32Array; readonly scaled: Float32Array }> {
  const model = await generators.simulator();
  const simulator = model.build(resolveValues(model.hyperparameters, settings[waves]), context);
  try {
    return {
      beats: await simulator.sample(comparedBeats, comparedSeed),
      scaled: await simulator.sampleScaled(simulator.drawLatents(comparedBeats, comparedSeed)),
    };
  } finally {
    simulator.dispose();
  }
}
