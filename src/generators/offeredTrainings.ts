import type { GeneratedForm } from "../domain/generation.ts";
import type { Values } from "../domain/schema.ts";
import type { OfferedTraining, OfferedTrainings } from "./generator.ts";
import type { GeneratorName } from "./index.ts";
import { releasedTrainings } from "./releasedTrainings.ts";
import { shortRecordingTrainings, shortTrainings } from "./shortTrainings.ts";

/** Where nobody asks for others. */
const usualIterations = 2000;

type Of<Value> = Readonly<Partial<Record<GeneratorName, Value>>>;

/** What ten seconds want otherwise than beats, for which the defaults are. */
const usualValues: Readonly<Record<GeneratedForm, Of<Values>>> = {
  beats: {},
  recordings: {
    // Five times as many samples, beats at any place: finer schedules, and more steps in which they are settled.
    diffWave: { schedule: "linear200", samplingSteps: 50 },
    timeDiffusion: { batchSize: 16, samplingSteps: 50 },
    timeVqVae: { batchSize: 16, lowSteps: 10, highSteps: 10 },
  },
};

const shortTrainingsOf: Readonly<Record<GeneratedForm, Of<OfferedTraining>>> = {
  beats: shortTrainings,
  recordings: shortRecordingTrainings,
};

/** Of either form: the programs do not tell them apart. */
const released: Of<OfferedTraining> = releasedTrainings;

/** The values of the papers and their programs for a form, for ten seconds some of ours, as differences from the defaults. */
export const usualValuesOf = (name: GeneratorName, form: GeneratedForm): Values =>
  usualValues[form][name] ?? {};

/** How a generator can be trained for each form. */
export const offeredTrainings = (name: GeneratorName): Readonly<Record<GeneratedForm, OfferedTrainings>> => {
  const offered = (form: GeneratedForm): OfferedTrainings => ({
    usual: { hyperparameters: usualValuesOf(name, form), iterations: usualIterations },
    short: shortTrainingsOf[form][name] ?? null,
    ...(released[name] === undefined ? {} : { released: released[name] }),
  });
  return { beats: offered("beats"), recordings: offered("recordings") };
};
