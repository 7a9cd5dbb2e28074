import { numberAt, type Values } from "../../../domain/schema.ts";
import type { Random } from "../../../signal/random.ts";
import { addOscillation } from "../../noise/oscillation.ts";
import {
  plainRun,
  type Rhythm,
  type RhythmRun,
  regularSchedule,
  rhythmField,
  sinusLength,
  uniform,
} from "./rhythm.ts";

const smoothing = 0.012;

/**
 * Atrial flutter. The paper gives the rule (no P, a repetitive saw-tooth of about 300 a minute, QRS as normal); rates
 * and conduction follow teaching sources, the wave's form and amplitude are our reconstruction.
 */
export const aflt: Rhythm = {
  option: {
    value: "aflt",
    label: "Atrial flutter",
    description:
      "No P, a regular saw-tooth near 300 a minute. The rule is the paper's; locked conduction and all numbers are reconstruction.",
  },
  annotation: "AFL",
  fields: (timing) => ({
    "flutter.rate": rhythmField(
      "Flutter rate",
      "Hz",
      [4, 4.9, 5.8, 0.05],
      "literature",
      { kind: "normal", standardDeviation: 0.4 },
      "Atrial waves a second; 5 Hz is 300 a minute.",
    ),
    "flutter.amplitude": rhythmField(
      "Flutter amplitude",
      "mV",
      [0, 0.135, 0.4, 0.005],
      "reconstruction",
      uniform(0.065),
      "Half the height of the saw-tooth.",
    ),
    "flutter.descentShare": rhythmField(
      "Descent share",
      "of cycle",
      [0.5, 0.725, 0.9, 0.005],
      "reconstruction",
      uniform(0.075),
      "Share of the cycle that the slow limb takes.",
    ),
    "flutter.polarity": {
      kind: "choice",
      section: "Rhythm",
      label: "Polarity",
      description: "Typical counter-clockwise flutter is negative in lead II.",
      provenance: "literature",
      default: "negative",
      options: [
        { value: "negative", label: "Negative (typical)", weight: 0.8 },
        { value: "positive", label: "Positive", weight: 0.2 },
      ],
    },
    "flutter.lockConduction": {
      kind: "switch",
      section: "Rhythm",
      label: "QRS locked to the flutter wave",
      description: "RR is a whole number of flutter cycles; the paper's own rule has no locking.",
      provenance: "reconstruction",
      default: timing === "seconds",
    },
    "flutter.conduction": {
      kind: "choice",
      section: "Rhythm",
      label: "Conduction",
      description: "How many flutter waves to one QRS, where it is locked.",
      provenance: "literature",
      default: "4",
      options: [
        { value: "2", label: "2 : 1", weight: 0.4 },
        { value: "3", label: "3 : 1", weight: 0.15 },
        { value: "4", label: "4 : 1", weight: 0.3 },
        { value: "variable", label: "Variable, 2 to 4 : 1", weight: 0.15 },
      ],
    },
  }),
  tableChanges: (timing) => ({
    "P.amplitude": null,
    "P.width": null,
    "P.shift": null,
    ...(timing === "beat"
      ? { "length.beatSd": 0.02 }
      : { "T.amplitude": 0.168, "T.amplitude.recordingSd": 0.0672, "T.amplitude.beatSd": 0.00504 }),
  }),
  drawnLength: sinusLength,
  begin: (values, _timing, random) => flutterRun(values, random),
};

function flutterRun(values: Values, random: Random): RhythmRun {
  const rate = numberAt(values, "flutter.rate");
  const locked = values["flutter.lockConduction"] === true;
  const conduction = values["flutter.conduction"];
  const offset = random.uniform();
  // Where the flutter's cycle stands at the first sample; locked QRS complexes keep a constant distance to it.
  let phase = random.uniform();
  const interval = () => (conduction === "variable" ? 2 + random.integer(3) : Number(conduction)) / rate;
  let end = 0;
  const plain = plainRun(random);
  return {
    ...plain,
    beatLength(drawn, _recordingLength, elapsed) {
      if (!locked) return drawn;
      // Counted from the start, because the buffer rounds every beat up to a whole sample.
      end += interval();
      return end - elapsed;
    },
    schedule(from, to, length, jitter) {
      if (!locked) return plain.schedule(from, to, length, jitter);
      const beats = regularSchedule(random, from, to, interval);
      if (beats.length > 0) phase = offset - beats[0].time * rate;
      return beats;
    },
    addAtrialActivity(samples, samplingFrequency) {
      const descent = numberAt(values, "flutter.descentShare");
      const sign = values["flutter.polarity"] === "positive" ? -1 : 1;
      const height = sign * numberAt(values, "flutter.amplitude");
      // The Fourier series of the saw-tooth, each harmonic damped as by a Gaussian of 12 ms: smooth, and no aliasing.
      const harmonics = Math.floor(Math.min(12, samplingFrequency / 2 / rate));
      for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
        const angle = 2 * Math.PI * harmonic;
        const damping = Math.exp(-0.5 * (angle * rate * smoothing) ** 2);
        const coefficient =
          (2 * Math.sin(Math.PI * harmonic * descent)) /
          (Math.PI ** 2 * harmonic ** 2 * descent * (1 - descent));
        const amplitude = height * damping * coefficient;
        const shift = -Math.PI * harmonic * descent;
        addOscillation(samples, -amplitude, harmonic * rate, angle * phase + shift, samplingFrequency);
      }
    },
  };
}
