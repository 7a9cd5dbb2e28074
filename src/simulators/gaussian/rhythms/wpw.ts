import { numberAt, type Values } from "../../../domain/schema.ts";
import type { Random } from "../../../signal/random.ts";
import { boundaryReach } from "../../boundaries.ts";
import { qrsReach } from "../truth.ts";
import {
  type DeltaWave,
  plainRun,
  type Rhythm,
  type RhythmRun,
  rhythmField,
  sinusLength,
  type Timing,
  uniform,
} from "./rhythm.ts";

const [P, R, T] = [0, 6, 12];
const noQ = { "Q.amplitude": 0, "Q.amplitude.recordingSd": 0, "Q.amplitude.beatSd": 0 } as const;
/** A pre-excited QRS is not narrower than this, s: its delta wave begins earlier where S ends early. */
const shortestQrs = 0.11;
/** The longest delta wave, s. */
const longestRise = 0.09;

/**
 * Pre-excitation (Wolff–Parkinson–White). The paper gives the rule (normal waves and an extra delta wave; short PQ,
 * slurred upslope, long QRS); the limits follow the 2015 ACC/AHA/HRS guideline, the numbers are our reconstruction.
 */
export const wpw: Rhythm = {
  option: {
    value: "wpw",
    label: "Pre-excitation (WPW)",
    description:
      "A short PR and a delta wave that slurs the start of the QRS. The rule is the paper's, its numbers are reconstruction.",
  },
  annotation: "PREX",
  fields: () => ({
    "wpw.prInterval": rhythmField(
      "PR interval",
      "s",
      [0.06, 0.095, 0.12, 0.001],
      "literature",
      uniform(0.02),
      "From the onset of P to the onset of the delta wave.",
    ),
    "delta.length": rhythmField(
      "Delta length",
      "s",
      [0.03, 0.06, longestRise, 0.001],
      "reconstruction",
      uniform(0.015),
      "From the onset of the delta wave to the R peak.",
    ),
    "delta.amplitude": rhythmField(
      "Delta height",
      "× R",
      [0, 0.35, 0.6, 0.01],
      "reconstruction",
      uniform(0.15),
      "Height of the delta wave as a share of R.",
    ),
    "delta.polarity": {
      kind: "choice",
      section: "Rhythm",
      label: "Delta polarity",
      description: "Depends on where the accessory pathway lies.",
      provenance: "reconstruction",
      default: "positive",
      options: [
        { value: "positive", label: "Positive", weight: 0.75 },
        { value: "negative", label: "Negative", weight: 0.25 },
      ],
    },
    "delta.decay": rhythmField(
      "Delta decay σ",
      "s",
      [0.008, 0.016, 0.03, 0.001],
      "reconstruction",
      uniform(0.004),
      "How fast the delta wave ends after the R peak.",
    ),
    "wpw.tFactor": rhythmField(
      "T factor",
      "×",
      [-1, -0.4, 1, 0.01],
      "reconstruction",
      { kind: "range", from: -0.8, to: 0.8 },
      "Factor on T: repolarisation changes with the activation.",
    ),
  }),
  tableChanges: (timing) =>
    timing === "seconds"
      ? {
          "P.shift": null,
          ...noQ,
          "R.width": 0.014,
          "S.shift": 0.04,
          "S.width": 0.0143,
          "S.width.recordingSd": 0.00286,
        }
      : {
          "P.shift": null,
          ...noQ,
          "R.width": 0.01125,
          "R.width.recordingSd": 0.015,
          "R.width.beatSd": 0.002805,
        },
  drawnLength: sinusLength,
  begin: (values, timing, random) => preExcitedRun(values, timing, random),
};

function preExcitedRun(values: Values, timing: Timing, random: Random): RhythmRun {
  const asked = numberAt(values, "delta.length");
  const sign = values["delta.polarity"] === "negative" ? -1 : 1;
  const share = sign * numberAt(values, "delta.amplitude");
  const decay = numberAt(values, "delta.decay");
  const pr = numberAt(values, "wpw.prInterval");
  const tFactor = numberAt(values, "wpw.tFactor");
  let rise = asked;
  const plain = plainRun(random);
  return {
    ...plain,
    shape(packed, length, label) {
      // Lengths of the rhythm are seconds; the author's beat counts in fractions of its own length.
      const secondsPerUnit = timing === "seconds" ? 1 : length;
      const waves = { height: share * packed[R], rise: asked, decay };
      const { after } = qrsReach(packed, plain.qrsParts("N"), waves, secondsPerUnit);
      rise = Math.max(asked, Math.min(longestRise, shortestQrs - after));
      packed[P + 2] = packed[R + 2] - (rise + pr) / secondsPerUnit + boundaryReach * Math.abs(packed[P + 1]);
      packed[T] *= tFactor;
      return label ?? "N";
    },
    delta: (packed): DeltaWave => ({ height: share * packed[R], rise, decay }),
  };
}

/** Height of a delta wave `time` seconds from the R peak: a smooth ramp before it, a Gaussian fall after. */
export function deltaAt(delta: DeltaWave, time: number): number {
  if (time >= 0) return delta.height * Math.exp(-0.5 * (time / delta.decay) ** 2);
  const u = Math.min(1, Math.max(0, (time + delta.rise) / delta.rise));
  return delta.height * (3 * u * u - 2 * u * u * u);
}
