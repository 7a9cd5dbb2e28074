import { numberAt, type Values } from "../../../domain/schema.ts";
import type { Random } from "../../../signal/random.ts";
import {
  plainRun,
  type Rhythm,
  type RhythmRun,
  rhythmField,
  type ScheduledBeat,
  shortestLength,
  sinusLength,
  type Timing,
  uniform,
} from "./rhythm.ts";

const [P, Q, R, S, T] = [0, 3, 6, 9, 12];
/** No stretch longer than this (s) without an ectopic beat, so that every ten-second window holds one. */
const longestWithout = 8;

/**
 * Ventricular ectopic beats among sinus beats. The paper gives the rule (diminished P and broadened QRS in the ectopic
 * beats, the others normal); coupling and the compensatory pause follow teaching sources, the rest is reconstruction.
 */
export const pvc: Rhythm = {
  option: {
    value: "pvc",
    label: "Ventricular ectopic beats",
    description:
      "Some beats are early, broad and without P. The rule is the paper's, its numbers are reconstruction.",
  },
  annotation: "N",
  fields: (timing) => ({
    "ectopic.probability": rhythmField(
      "Ectopic probability",
      "",
      [0, 0.215, 0.5, 0.005],
      "reconstruction",
      uniform(0.135),
      "Chance that a sinus beat is replaced; never two in a row.",
    ),
    "ectopic.pattern": {
      kind: "choice",
      section: "Rhythm",
      label: "Pattern",
      description: "Random, or every second or third beat.",
      provenance: "reconstruction",
      default: "random",
      options: [
        { value: "random", label: "Random", weight: 0.7 },
        { value: "bigeminy", label: "Bigeminy", weight: 0.15 },
        { value: "trigeminy", label: "Trigeminy", weight: 0.15 },
      ],
    },
    ...(timing === "seconds" ? couplingFields : {}),
    "ectopic.polarity": {
      kind: "choice",
      section: "Rhythm",
      label: "Ectopic polarity",
      description: "Direction of the ectopic QRS against the sinus R; its T goes the other way.",
      provenance: "reconstruction",
      default: "same",
      options: [
        { value: "same", label: "As the sinus R", weight: 0.6 },
        { value: "opposite", label: "Opposite", weight: 0.4 },
      ],
    },
    "ectopic.amplitude": rhythmField(
      "Ectopic height",
      "× R",
      [0.5, 1.45, 2.5, 0.01],
      "reconstruction",
      uniform(0.35),
      "Height of the ectopic QRS as a multiple of the sinus R.",
    ),
    ...(timing === "seconds"
      ? {
          "ectopic.width": rhythmField(
            "Ectopic QRS σ",
            "s",
            [0.02, 0.035, 0.06, 0.001],
            "literature",
            uniform(0.007),
            "Standard deviation of the ectopic QRS; 28 ms make a QRS of 120 ms.",
          ),
        }
      : {
          "ectopic.broadening": rhythmField(
            "Ectopic broadening",
            "×",
            [1, 3.25, 6, 0.05],
            "reconstruction",
            uniform(0.75),
            "Factor on the widths of Q, R and S.",
          ),
        }),
  }),
  tableChanges: () => ({}),
  drawnLength: sinusLength,
  begin: (values, timing, random) => ectopicRun(values, timing, random),
};

const couplingFields = {
  "ectopic.coupling": rhythmField(
    "Coupling interval",
    "of RR",
    [0.35, 0.575, 0.85, 0.005],
    "literature",
    uniform(0.125),
    "From the sinus beat before to the ectopic one.",
  ),
  "ectopic.compensatoryPause": {
    kind: "switch",
    section: "Rhythm",
    label: "Full compensatory pause",
    description: "The sinus beat after the ectopic one stays where it would have been.",
    provenance: "literature",
    default: true,
  },
} as const;

function ectopicRun(values: Values, timing: Timing, random: Random): RhythmRun {
  const isEctopic = chooser(values, random);
  const plain = plainRun(random);
  return {
    ...plain,
    shape(packed, length, label) {
      const kind = label ?? (isEctopic(length) ? "V" : "N");
      if (kind === "V") (timing === "seconds" ? shapeInSeconds : shapeInBeat)(packed, values, random);
      return kind;
    },
    // The lobe after a broad QRS, kept in the place of S, is the start of its repolarisation.
    qrsParts: (label) => (label === "V" && timing === "seconds" ? [] : plain.qrsParts(label)),
    schedule: (from, to, length, jitter) => schedule(from, to, length, jitter, values, isEctopic, random),
  };
}

/** Decides beat by beat; two ectopic beats never follow each other. */
function chooser(values: Values, random: Random): (length: number) => boolean {
  const probability = numberAt(values, "ectopic.probability");
  const period = { random: 0, bigeminy: 2, trigeminy: 3 }[String(values["ectopic.pattern"])] ?? 0;
  let count = random.integer(Math.max(1, period));
  let before = true;
  let without = 0;
  return (length) => {
    count++;
    without += length;
    const wanted =
      period > 0 ? count % period === 0 : random.uniform() < probability || without > longestWithout - length;
    before = wanted && !before;
    if (before) without = 0;
    return before;
  };
}

function shapeInSeconds(packed: Float64Array, values: Values, random: Random): void {
  const sign = values["ectopic.polarity"] === "opposite" ? -1 : 1;
  const width = numberAt(values, "ectopic.width");
  const height =
    sign * Math.abs(packed[R]) * numberAt(values, "ectopic.amplitude") * (1 + 0.03 * random.normal());
  packed.set([0, packed[P + 1], packed[P + 2]], P);
  packed.set([0, packed[Q + 1], packed[Q + 2]], Q);
  packed.set([height, width, 0], R);
  packed.set([-0.25 * height, width, 0.09], S);
  packed.set([-0.4 * height, 0.065, 0.3], T);
}

function shapeInBeat(packed: Float64Array, values: Values, random: Random): void {
  const sign = values["ectopic.polarity"] === "opposite" ? -1 : 1;
  const broadening = numberAt(values, "ectopic.broadening");
  packed[P] *= 0.15 * random.uniform();
  for (const wave of [Q, R, S]) packed[wave + 1] *= broadening;
  packed[R + 1] = Math.max(0.03, Math.abs(packed[R + 1]));
  packed[R] *= sign * numberAt(values, "ectopic.amplitude");
  packed[T] *= -sign * (1 + 0.6 * random.uniform());
  packed[T + 1] *= 1.5;
}

function schedule(
  from: number,
  to: number,
  length: number,
  jitter: number,
  values: Values,
  isEctopic: (length: number) => boolean,
  random: Random,
): ScheduledBeat[] {
  const coupling = numberAt(values, "ectopic.coupling");
  const pause = values["ectopic.compensatoryPause"] === true;
  const beats: ScheduledBeat[] = [];
  let previous = from - length;
  for (let grid = from + length * random.uniform(); grid < to; grid += length) {
    const ectopic = isEctopic(length);
    // The jitter moves a sinus beat, not the grid: before and after an ectopic beat together are two cycles.
    const time = ectopic ? grid - length * (1 - coupling) : grid + jitter * random.normal();
    beats.push({ time, rr: Math.max(shortestLength, time - previous), label: ectopic ? "V" : "N" });
    previous = time;
    if (ectopic && !pause) grid = time;
  }
  return beats;
}
