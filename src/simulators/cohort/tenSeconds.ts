import { createRandom, type Random } from "../../signal/random.ts";
import { intervalAt, tachogram } from "../mcsharry/tachogram.ts";
import { beatsAt, jittered, omegaOf, preExcited, sinusBeats, withoutP } from "./beats.ts";
import type { VirtualPatient } from "./patient.ts";
import { type CohortRecording, recordingOf, streams, truthOf, twelveDisturbed } from "./recording.ts";
import { type CohortBeat, integrateBeats } from "./waves.ts";

const samplingFrequency = 500;
const duration = 10;

/** What a rhythm is made of: its beats, and what the atria do between them. */
interface MadeRhythm {
  readonly beats: readonly CohortBeat[];
  /** Adds to the vector, `[3][time]`, mV. */
  readonly atria?: (components: readonly Float64Array[]) => void;
}

type Maker = (patient: VirtualPatient, random: Random) => MadeRhythm;

/** Times of beats from before the recording to after it. */
function timesBy(interval: (time: number) => number, random: Random): number[] {
  const times = [-2 + random.uniform() * 0.8];
  for (;;) {
    const last = times[times.length - 1];
    if (last > duration + 2) return times;
    times.push(last + interval(last));
  }
}

function sinusTimes(patient: VirtualPatient, random: Random): number[] {
  const intervals = tachogram(patient.rate, duration + 6, random);
  return timesBy((time) => intervalAt(intervals, time + 4), random);
}

const quiet = { atrial: 0, ventricular: 0, fusion: 0 } as const;

/** Rhythms by PTB-XL's label, with the WFDB text of each. */
const makers = {
  NORM: {
    rhythm: "N",
    make: (patient, random) => ({ beats: sinusBeats({ ...patient, ectopy: quiet }, duration, random) }),
  },
  AFIB: {
    rhythm: "AFIB",
    make: (patient, random) => {
      const middle = 0.5 + 0.35 * random.uniform();
      const times = timesBy(() => Math.max(0.32, middle * Math.exp(0.24 * random.normal())), random);
      return {
        beats: beatsAt(times, patient.conduction, withoutP(patient.sinus), random),
        atria: (components) => addFibrillation(components, patient),
      };
    },
  },
  AFLT: {
    rhythm: "AFL",
    make: (patient, random) => {
      const rate = 4.4 + 1.1 * random.uniform();
      const usual = random.uniform() < 0.55 ? 2 : 4;
      const ratio = () => (random.uniform() < 0.8 ? usual : 3);
      const times = timesBy(() => ratio() / rate, random);
      return {
        beats: beatsAt(times, patient.conduction, withoutP(patient.sinus), random),
        atria: (components) => addFlutter(components, rate, times[0], random),
      };
    },
  },
  PVC: { rhythm: "N", make: prematureVentricular },
  WPW: {
    rhythm: "PREX",
    make: (patient, random) => ({
      beats: beatsAt(sinusTimes(patient, random), "N", preExcited(patient.sinus, random), random),
    }),
  },
} as const satisfies Readonly<Record<string, { readonly rhythm: string; readonly make: Maker }>>;

export type StandInLabel = keyof typeof makers;
/** Labels of the ten-second recordings, as PTB-XL has them. */
export const standInLabels = Object.keys(makers) as readonly StandInLabel[];

/** Sinus rhythm with ectopic beats, of which at least one lies well inside. */
function prematureVentricular(patient: VirtualPatient, random: Random): MadeRhythm {
  const ectopy = { ...quiet, ventricular: 0.05 + 0.2 * random.uniform() };
  const beats = sinusBeats({ ...patient, ectopy }, duration, random);
  if (beats.some(({ symbol, time }) => symbol === "V" && time > 0.5 && time < duration - 0.5))
    return { beats };
  const place = beats.findIndex(({ time }) => time > 3 + 4 * random.uniform());
  const [before, replaced] = [beats[place - 1], beats[place]];
  const interval = replaced.time - before.time;
  const early: CohortBeat = {
    time: before.time + patient.coupling * interval,
    symbol: "V",
    omega: omegaOf(interval),
    waves: jittered(patient.ventricular, random),
  };
  return { beats: beats.map((beat, index) => (index === place ? early : beat)) };
}

/** Fibrillating atria: three waves of wandering frequency, 4 to 9 Hz, largest in V1. */
function addFibrillation(components: readonly Float64Array[], patient: VirtualPatient): void {
  const random = createRandom(patient.seed, streams.fibrillation);
  const height = 0.03 + 0.05 * random.uniform();
  for (let wave = 0; wave < 3; wave++) {
    const centre = 4.5 + 4 * random.uniform();
    const [modulation, offset] = [0.3 + random.uniform(), 2 * Math.PI * random.uniform()];
    let phase = 2 * Math.PI * random.uniform();
    for (let at = 0; at < components[0].length; at++) {
      const slow = Math.sin((2 * Math.PI * modulation * at) / samplingFrequency + offset);
      phase += (2 * Math.PI * (centre + 0.8 * slow)) / samplingFrequency;
      const value = height * (1 + 0.5 * slow) * Math.sin(phase);
      components[0][at] -= 0.3 * value;
      components[1][at] += 0.4 * value;
      components[2][at] -= value;
    }
  }
}

/** Fluttering atria: a saw that falls slowly and rises fast, seen from below; conducted beats follow its turns. */
function addFlutter(
  components: readonly Float64Array[],
  rate: number,
  firstBeat: number,
  random: Random,
): void {
  const height = 0.08 + 0.08 * random.uniform();
  const delay = 0.12 + 0.08 * random.uniform();
  for (let at = 0; at < components[0].length; at++) {
    const phase = 2 * Math.PI * rate * (at / samplingFrequency - firstBeat + delay);
    const saw = Math.sin(phase) + 0.45 * Math.sin(2 * phase) + 0.18 * Math.sin(3 * phase);
    components[1][at] += height * saw;
    components[0][at] += 0.1 * height * saw;
    components[2][at] -= 0.35 * height * Math.sin(phase);
  }
}

/** Ten seconds of twelve leads at 500 Hz with a label, as PTB-XL has them. */
export function simulateTenSeconds(
  patient: VirtualPatient,
  label: StandInLabel,
  name: string,
): CohortRecording {
  const { rhythm, make } = makers[label];
  const length = duration * samplingFrequency;
  const made: MadeRhythm = make(patient, createRandom(patient.seed, streams.beats));
  const components = integrateBeats(made.beats, samplingFrequency, length);
  made.atria?.(components);
  const leads = twelveDisturbed(components, patient, samplingFrequency);
  return {
    recording: recordingOf(name, patient, leads, [], rhythm),
    truth: truthOf(made.beats, rhythm, samplingFrequency, length),
  };
}
