import { resolveValues } from "../../domain/schema.ts";
import { checkOffer, type Generator, type GeneratorModel } from "../../generators/generator.ts";
import { type SignalSet, subset } from "../../neural/training/signalSet.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { groupsOf } from "../augmentationTransfer/makeSynthetic.ts";
import { joinedSets } from "../augmentationTransfer/signals.ts";
import { trainGenerator } from "../syntheticBeats/trainGenerator.ts";
import type { TrainingInterruption } from "../trainClassifier.ts";
import { beatsAddress } from "./addresses.ts";
import { beatForm, isInterrupted, type LeagueRun } from "./run.ts";
import type { LeagueCost } from "./specification.ts";

/** What a contestant drew, class after class, in mV. */
export interface DrawnBeats {
  readonly beats: SignalSet;
  readonly cost: LeagueCost;
}

/** Beats that are drawn at once, so that a wish to stop is heard. */
const drawnAtOnce = 64;

/** The beats of the cell's contestant: as it drew them before it was stopped, or trained and drawn now. */
export async function drawnBeats(run: LeagueRun): Promise<DrawnBeats | TrainingInterruption> {
  const { cell, environment } = run;
  const address = await beatsAddress(cell);
  const known = await environment.shared(address);
  if (known !== null) return fromArrays(known);
  const drawn = await madeBeats(run);
  if (!isInterrupted(drawn)) await environment.keepShared(address, arraysOf(drawn));
  return drawn;
}

async function madeBeats(run: LeagueRun): Promise<DrawnBeats | TrainingInterruption> {
  const { cell, environment, hooks, real } = run;
  const { classes, beatsPerClass, contestant } = cell;
  const found = await environment.contestant(contestant.generator);
  if (found.kind === "plain") {
    hooks.onActivity?.({ phase: "generator", doing: "sampling" });
    const began = performance.now();
    const beats = await found.draw(real.train, classes, beatsPerClass, seedOf(run, "sampling"));
    const beatMilliseconds = (performance.now() - began) / beats.count;
    return { beats, cost: { trainingSeconds: 0, beatMilliseconds, parameters: 0 } };
  }
  const parts: DrawnBeats[] = [];
  for (const group of groupsOf({ classes }, found.model)) {
    const part = await drawnOf(run, found.model, group);
    if (isInterrupted(part)) return part;
    parts.push(part);
  }
  const sum = (of: (cost: LeagueCost) => number) => parts.reduce((total, { cost }) => total + of(cost), 0);
  return {
    beats: joinedSets(parts.map(({ beats }) => beats)),
    cost: {
      trainingSeconds: sum(({ trainingSeconds }) => trainingSeconds),
      beatMilliseconds: sum(({ beatMilliseconds }) => beatMilliseconds) / parts.length,
      parameters: sum(({ parameters }) => parameters),
    },
  };
}

const streams = { training: 41, sampling: 43, warmUp: 45 } as const;

const seedOf = ({ cell }: Pick<LeagueRun, "cell">, purpose: keyof typeof streams, number = 0) =>
  createRandom(cell.seed, streams[purpose] + 8 * number).integer(2 ** 31);

/** A generator of some classes before its first iteration, given their training beats alone. */
export function untrainedContestant(
  { cell, real }: Pick<LeagueRun, "cell" | "real">,
  model: GeneratorModel,
  group: readonly number[],
): Generator {
  const { hyperparameters, iterations } = cell.contestant;
  const classes = group.map((label) => cell.classes[label]);
  checkOffer(model, { form: "beats", classes });
  const rows = Array.from(real.train.labels.keys()).filter((row) => group.includes(real.train.labels[row]));
  const own = subset(real.train, rows);
  return model.build(resolveValues(model.hyperparameters, hyperparameters), {
    ...beatForm,
    signals: own.signals,
    count: own.count,
    classes,
    labels: own.labels.map((label) => group.indexOf(label)),
    iterations,
    seed: seedOf({ cell }, "training"),
  });
}

/** Trains a generator on the training beats of some classes alone, and draws from it. */
async function drawnOf(
  run: LeagueRun,
  model: GeneratorModel,
  group: readonly number[],
): Promise<DrawnBeats | TrainingInterruption> {
  const classes = group.map((label) => run.cell.classes[label]);
  const generator = untrainedContestant(run, model, group);
  try {
    const trainingSeconds = model.isTrained ? await trained(run, generator, classes.join(" ")) : 0;
    if (typeof trainingSeconds !== "number") return trainingSeconds;
    const sampled = await sampledBeats(run, generator, group);
    if (isInterrupted(sampled)) return sampled;
    const { beats, beatMilliseconds } = sampled;
    return { beats, cost: { trainingSeconds, beatMilliseconds, parameters: parametersOf(generator) } };
  } finally {
    generator.dispose();
  }
}

const parametersOf = ({ parameters }: Generator) =>
  parameters.reduce((sum, { variable }) => sum + variable.size, 0);

/** Trains from the checkpoint on. @returns s of training, those before it included */
async function trained(
  { cell, hooks, checkpoint }: LeagueRun,
  generator: Generator,
  place: string,
): Promise<number | TrainingInterruption> {
  const { iterations } = cell.contestant;
  const from = checkpoint?.phase === "generator" && checkpoint.place === place ? checkpoint : null;
  hooks.onPlan?.("generator", { total: iterations, perEpoch: iterations });
  hooks.onActivity?.({ phase: "generator", doing: "training" });
  const began = performance.now();
  const spent = () => (from?.seconds ?? 0) + (performance.now() - began) / 1000;
  const outcome = await trainGenerator(
    generator,
    iterations,
    {
      ...hooks,
      onCheckpoint: async (state) => {
        const stopped = { phase: "generator", place, seconds: spent(), state } as const;
        await hooks.onCheckpoint?.(stopped);
      },
    },
    from?.state ?? null,
  );
  if (outcome.kind === "cancelled") return { end: "cancelled" };
  if (outcome.kind === "diverged") return { end: "diverged", reason: outcome.reason };
  return spent();
}

/** Draws beats of every class of a group; the first one, which compiles programs, is not timed. */
async function sampledBeats(
  run: LeagueRun,
  generator: Generator,
  group: readonly number[],
): Promise<{ readonly beats: SignalSet; readonly beatMilliseconds: number } | TrainingInterruption> {
  const { cell, hooks } = run;
  const { length } = beatForm;
  const count = cell.beatsPerClass * group.length;
  hooks.onActivity?.({ phase: "generator", doing: "sampling" });
  await generator.sample(1, seedOf(run, "warmUp"));
  const signals = new Float32Array(count * length);
  const labels = Uint8Array.from({ length: count }, (_, row) => Math.floor(row / cell.beatsPerClass));
  let milliseconds = 0;
  for (let first = 0; first < count; first += drawnAtOnce) {
    if (hooks.stopped()) return { end: "cancelled" };
    const wanted = labels.slice(first, first + drawnAtOnce);
    const began = performance.now();
    const drawn = await generator.sample(wanted.length, seedOf(run, "sampling", first + 1), wanted);
    milliseconds += performance.now() - began;
    signals.set(drawn, first * length);
  }
  const beats = { signals, labels: labels.map((label) => group[label]), count, length };
  return { beats, beatMilliseconds: milliseconds / count };
}

const arraysOf = ({ beats, cost }: DrawnBeats): NamedArray[] => [
  { name: "signals", shape: [beats.count, beats.length], values: beats.signals },
  { name: "labels", shape: [beats.count], values: Float32Array.from(beats.labels) },
  {
    name: "cost",
    shape: [3],
    values: Float32Array.of(cost.trainingSeconds, cost.beatMilliseconds, cost.parameters),
  },
];

function fromArrays(arrays: readonly NamedArray[]): DrawnBeats {
  const [signals, labels, [trainingSeconds, beatMilliseconds, parameters]] = arrays.map(
    ({ values }) => values,
  );
  const { length } = beatForm;
  return {
    beats: { signals, labels: Uint8Array.from(labels), count: labels.length, length },
    cost: { trainingSeconds, beatMilliseconds, parameters },
  };
}
