import { generatedForms } from "../../domain/generation.ts";
import { resolveValues } from "../../domain/schema.ts";
import { checkOffer, type Generator, type GeneratorModel } from "../../generators/generator.ts";
import { type SignalSet, subset } from "../../neural/training/signalSet.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import type { ChosenGenerator } from "../syntheticBeats/specification.ts";
import { trainGenerator } from "../syntheticBeats/trainGenerator.ts";
import { syntheticAddress } from "./addresses.ts";
import type { AugmentationInterruption, AugmentationRun } from "./runAugmentationCell.ts";
import { joinedSets, requireUnseen } from "./signals.ts";
import type { AugmentationCell } from "./specification.ts";

/** Synthetic signals in mV, divided as the real ones are. */
export interface SyntheticSets {
  readonly train: SignalSet;
  readonly validation: SignalSet;
  readonly test: SignalSet;
}

/** Shares of the synthetic signals of each class; what is left is tested on (Núñez et al.: 80, 10 and 10 %). */
const [trainShare, validationShare] = [0.8, 0.1];

/** Signals that are drawn at once, so that a wish to stop is heard. */
const drawnAtOnce = 64;

/** What a generator of a cell is trained on: the cell, its real signals and their division. */
export type GeneratorSource = Pick<AugmentationRun, "cell" | "real" | "rows">;

/** Classes that are learned together: all of them, or each by itself where a generator learns no more. */
export function groupsOf(
  { classes }: Pick<AugmentationCell, "classes">,
  { isConditional }: GeneratorModel,
): number[][] {
  const labels = classes.map((_, label) => label);
  return isConditional ? [labels] : labels.map((label) => [label]);
}

/** A generator of some classes before its first iteration; it is given signals of the training side, and no others. */
export function untrainedGenerator(
  { cell, real, rows }: GeneratorSource,
  model: GeneratorModel,
  chosen: ChosenGenerator,
  group: readonly number[],
): Generator {
  const { length, samplingFrequency } = generatedForms[cell.form];
  const classes = group.map((label) => cell.classes[label]);
  checkOffer(model, { form: cell.form, classes });
  const own = subset(
    real,
    rows.train.filter((row) => group.includes(real.labels[row])),
  );
  return model.build(resolveValues(model.hyperparameters, chosen.hyperparameters), {
    signals: own.signals,
    count: own.count,
    length,
    samplingFrequency,
    classes,
    labels: own.labels.map((label) => group.indexOf(label)),
    iterations: chosen.iterations,
    seed: createRandom(cell.division.seed, 41).integer(2 ** 31),
  });
}

/** The synthetic signals of a cell's generators together: those of other cells, or made here and kept for them. */
export async function makeSynthetic(run: AugmentationRun): Promise<SyntheticSets | AugmentationInterruption> {
  const { cell, environment, real, rows, elsewhere } = run;
  const { length } = generatedForms[cell.form];
  const learned = elsewhere ?? { real, rows };
  const learnedFrom = Array.from(learned.rows.train, (row) => learned.real.patients[row]);
  const tested = Array.from(rows.test, (row) => real.patients[row]);
  const sets: SyntheticSets[] = [];
  for (const chosen of cell.generators) {
    const model = await environment.generator(chosen.generator);
    // Recordings of one source are divided as wholes at least; beats of one are not, where patients may stand on two sides.
    if (cell.division.byPatient || cell.form === "beats" || elsewhere !== null)
      requireUnseen(learnedFrom, tested, model.title);
    const made: SignalSet[] = [];
    for (const group of groupsOf(cell, model)) {
      const address = await syntheticAddress(cell, chosen, group);
      const known = await environment.shared(address);
      const own = known === null ? await signalsOf(run, model, chosen, group) : setOf(known, length);
      if ("end" in own) return own;
      if (known === null) await environment.keepShared(address, arraysOf(own));
      made.push(own);
    }
    sets.push(divided(joinedSets(made), cell.classes.length));
  }
  const joined = (side: keyof SyntheticSets) => joinedSets(sets.map((each) => each[side]));
  return { train: joined("train"), validation: joined("validation"), test: joined("test") };
}

/** Trains a generator on the training signals of a group of classes alone, and draws so many of each class from it. */
async function signalsOf(
  run: AugmentationRun,
  model: GeneratorModel,
  chosen: ChosenGenerator,
  group: readonly number[],
): Promise<SignalSet | AugmentationInterruption> {
  const { cell, hooks, checkpoint } = run;
  const { length } = generatedForms[cell.form];
  const generator = untrainedGenerator({ ...run, ...run.elsewhere }, model, chosen, group);
  const before = cell.generators.slice(0, cell.generators.indexOf(chosen));
  const again = before.filter(({ generator: name }) => name === chosen.generator).length;
  const place = [
    again === 0 ? chosen.generator : `${chosen.generator} ${again + 1}`,
    ...group.map((label) => cell.classes[label]),
  ].join(" ");
  try {
    if (model.isTrained) {
      hooks.onPlan?.("generator", { total: chosen.iterations, perEpoch: chosen.iterations });
      hooks.onActivity?.({ phase: "generator", doing: "training" });
      const from = checkpoint?.phase === "generator" && checkpoint.place === place ? checkpoint.state : null;
      const outcome = await trainGenerator(
        generator,
        chosen.iterations,
        {
          ...hooks,
          onCheckpoint: async (state) => hooks.onCheckpoint?.({ phase: "generator", place, state }),
        },
        from,
      );
      if (outcome.kind === "cancelled") return { end: "cancelled" };
      if (outcome.kind === "diverged") return { end: "diverged", reason: outcome.reason };
    }
    hooks.onActivity?.({ phase: "generator", doing: "sampling" });
    const total = cell.syntheticPerClass * group.length;
    const signals = new Float32Array(total * length);
    const labels = Uint8Array.from({ length: total }, (_, row) => Math.floor(row / cell.syntheticPerClass));
    for (let first = 0; first < total; first += drawnAtOnce) {
      if (hooks.stopped()) return { end: "cancelled" };
      const wanted = labels.subarray(first, first + drawnAtOnce);
      const seed = createRandom(cell.division.seed, 43 + first).integer(2 ** 31);
      signals.set(await generator.sample(wanted.length, seed, wanted), first * length);
    }
    return { signals, labels: labels.map((label) => group[label]), count: total, length };
  } finally {
    generator.dispose();
  }
}

/** Rows of each class on each side, by their order. */
function divided(set: SignalSet, classes: number): SyntheticSets {
  const sides: Record<keyof SyntheticSets, number[]> = { train: [], validation: [], test: [] };
  for (let label = 0; label < classes; label++) {
    const rows = Array.from(set.labels.keys()).filter((row) => set.labels[row] === label);
    const first = Math.round(trainShare * rows.length);
    const second = Math.round((trainShare + validationShare) * rows.length);
    sides.train.push(...rows.slice(0, first));
    sides.validation.push(...rows.slice(first, second));
    sides.test.push(...rows.slice(second));
  }
  return {
    train: subset(set, sides.train),
    validation: subset(set, sides.validation),
    test: subset(set, sides.test),
  };
}

/** The synthetic sets of so many generators as they will be, without their samples. */
export function futureSets({ classes, syntheticPerClass, generators }: AugmentationCell): SyntheticSets {
  const count = classes.length * syntheticPerClass;
  const labels = Uint8Array.from({ length: count }, (_, row) => Math.floor(row / syntheticPerClass));
  const one = divided({ signals: new Float32Array(0), labels, count, length: 0 }, classes.length);
  const joined = (side: keyof SyntheticSets) => joinedSets(generators.map(() => one[side]));
  return { train: joined("train"), validation: joined("validation"), test: joined("test") };
}

const arraysOf = ({ signals, labels, count, length }: SignalSet): NamedArray[] => [
  { name: "signals", shape: [count, length], values: signals },
  { name: "labels", shape: [count], values: Float32Array.from(labels) },
];

function setOf(arrays: readonly NamedArray[], length: number): SignalSet {
  const [signals, labels] = arrays.map(({ values }) => values);
  return { signals, labels: Uint8Array.from(labels), count: labels.length, length };
}

const ofShare = (share: number, count: number) => Math.max(1, Math.round(share * count));

/** The first share of the rows of each class of a synthetic training set. */
export function firstShare(set: SignalSet, classes: number, share: number): SignalSet {
  const rows = Array.from({ length: classes }, (_, label) => {
    const own = Array.from(set.labels.keys()).filter((row) => set.labels[row] === label);
    return own.slice(0, ofShare(share, own.length));
  });
  return subset(set, rows.flat());
}

/** How many signals of each class a share of the synthetic training sets of a cell's generators adds, without making them. */
export const addedPerClass = ({
  share,
  syntheticPerClass,
  generators,
}: Pick<AugmentationCell, "share" | "syntheticPerClass" | "generators">): number =>
  ofShare(share, Math.max(1, generators.length) * Math.round(trainShare * syntheticPerClass));
