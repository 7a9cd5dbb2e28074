import { Failure } from "../../domain/failure.ts";
import { spectralNoise } from "../../evaluation/closeness/spectralNoise.ts";
import type { GeneratorModel } from "../../generators/generator.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { createRandom } from "../../signal/random.ts";
import { repeatedSignals } from "../augmentationTransfer/signals.ts";
import type { ClassedRows } from "../closeness/closenessSets.ts";
import { simulatedRows } from "../generation/simulatedRows.ts";

/** What makes beats without being trained and without a network. */
export interface PlainContestant {
  readonly kind: "plain";
  readonly title: string;
  /** What it is, in a sentence. */
  readonly says: string;
  /**
   * Beats of each class, class after class, in mV.
   * @param learned the training beats, with positions in `classes` as labels
   * @throws Failure for a class that it does not make
   */
  draw(learned: SignalSet, classes: readonly string[], perClass: number, seed: number): Promise<SignalSet>;
  /** @throws Failure for a class that it does not make; absent where it makes all */
  check?(classes: readonly string[]): void;
}

export interface TrainedContestant {
  readonly kind: "model";
  readonly title: string;
  readonly model: GeneratorModel;
}

export type Contestant = PlainContestant | TrainedContestant;

/** What a row of the table is. */
export type Role = "generator" | "real" | "noise" | "copier";

/** Of the height of a beat's own deviation, so much does the copier add. */
const copyNoise = 0.02;

/** As many beats of every class, once more. */
const repeatedAlike = (learned: SignalSet, classes: readonly unknown[], perClass: number, seed: number) =>
  repeatedSignals(
    learned,
    classes.map(() => perClass),
    seed,
  );

/** The ends of the scales, which are no generators: they take part in every league. */
export const references = {
  real: {
    kind: "plain",
    title: "Real beats again",
    says: "Training beats once more: what beats of other real patients reach, and what more beats are worth without new ones.",
    draw: async (learned, classes, perClass, seed) => repeatedAlike(learned, classes, perClass, seed),
  },
  spectralNoise: {
    kind: "plain",
    title: "Noise of the same spectrum",
    says: "Training beats with random phases: the spectrum without the waves.",
    async draw(learned, classes, perClass, seed) {
      const drawn = repeatedAlike(learned, classes, perClass, seed);
      const { signals: values, count, length } = drawn;
      return { ...drawn, signals: spectralNoise({ values, count, length }, seed).values };
    },
  },
  copier: {
    kind: "plain",
    title: "Planted copier",
    says: "Training beats with a trace of noise, passed off as new: what a check of privacy has to find.",
    async draw(learned, classes, perClass, seed) {
      const drawn = repeatedAlike(learned, classes, perClass, seed);
      const random = createRandom(seed, 35);
      const signals = drawn.signals.slice();
      for (let row = 0; row < drawn.count; row++) {
        const beat = signals.subarray(row * drawn.length, (row + 1) * drawn.length);
        random.addNormal(beat, copyNoise * deviationOf(beat));
      }
      return { ...drawn, signals };
    },
  },
} as const satisfies Readonly<Record<string, PlainContestant>>;

export type ReferenceName = keyof typeof references;
export const referenceNames = Object.keys(references) as ReferenceName[];

/** Simulated beats for each that is taken, so that many recordings have a share. */
const beatsForOne = 5;

/** So many rows of a class at even distances. @returns `[wanted, length]` */
function evenRows(
  sources: readonly ClassedRows[],
  rowClass: string,
  wanted: number,
  length: number,
): Float32Array {
  const own = sources.flatMap(({ values, classes }) =>
    classes.flatMap((each, row) =>
      each === rowClass ? [values.subarray(row * length, (row + 1) * length)] : [],
    ),
  );
  const signals = new Float32Array(wanted * length);
  for (let row = 0; row < wanted; row++) {
    signals.set(own[Math.floor((row * own.length) / wanted)], row * length);
  }
  return signals;
}

/** Rhythms of the Gaussian simulator that hold a class. */
const gaussianRhythms: Readonly<Record<string, string>> = { N: "normal", V: "pvc" };

/** Simulators that are no entries of the generators' registry. */
export const plainGenerators = {
  gaussian: {
    kind: "plain",
    title: "Gaussian waves",
    says: "Beats cut from recordings of the Gaussian simulator, with parameters drawn anew for each.",
    check: (classes) => classes.forEach(gaussianRhythm),
    async draw({ length }, classes, perClass, seed) {
      const signals = new Float32Array(classes.length * perClass * length);
      for (const [label, rowClass] of classes.entries()) {
        const rhythm = gaussianRhythm(rowClass);
        const { rows } = await simulatedRows(
          { name: "The Gaussian simulator", simulator: "gaussian", preset: "clinical", rhythm },
          {
            form: "beats",
            rowClass,
            rows: beatsForOne * perClass,
            seed: createRandom(seed, label).integer(2 ** 31),
            filter: "none",
          },
        );
        signals.set(evenRows(rows, rowClass, perClass, length), label * perClass * length);
      }
      const count = classes.length * perClass;
      const labels = Uint8Array.from({ length: count }, (_, row) => Math.floor(row / perClass));
      return { signals, labels, count, length };
    },
  },
} as const satisfies Readonly<Record<string, PlainContestant>>;

/** The simulators by name: one of the registry is called so because a league has several. */
export const simulatorTitles: Readonly<Record<string, string>> = {
  gaussian: plainGenerators.gaussian.title,
  simulator: "McSharry's equations",
};

/** @throws Failure `no-simulated-class` */
function gaussianRhythm(rowClass: string): string {
  if (Object.hasOwn(gaussianRhythms, rowClass)) return gaussianRhythms[rowClass];
  throw new Failure(
    "no-simulated-class",
    "The Gaussian simulator has no rhythm with such beats.",
    rowClass,
    `Choose ${Object.keys(gaussianRhythms).join(", ")}, or leave it out.`,
  );
}

/** @throws Failure `unknown-generator` or `personal-generator` */
export async function contestantNamed(name: string): Promise<Contestant> {
  const plain: Readonly<Record<string, PlainContestant>> = { ...references, ...plainGenerators };
  if (Object.hasOwn(plain, name)) return plain[name];
  const model = await generatorNamed(name);
  if (!model.isPersonal) return { kind: "model", title: simulatorTitles[name] ?? model.title, model };
  throw new Failure(
    "personal-generator",
    `${model.title} makes beats for one patient, from beats of that patient.`,
    name,
    "Leave it out: the league is about beats for patients whom nobody has seen. The PGAN experiment compares personal ones.",
  );
}

export function roleOf(name: string): Role {
  if (name === "spectralNoise") return "noise";
  return name === "real" || name === "copier" ? name : "generator";
}

function deviationOf(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  for (const value of values) squares += (value - sum / values.length) ** 2;
  return Math.sqrt(squares / values.length);
}
