import type { Sex } from "../../domain/libraryRecord.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import type { TachogramParameters } from "../mcsharry/tachogram.ts";
import { type Dipole, dipoleOf, scaled } from "./dipole.ts";
import type { CohortWave } from "./waves.ts";

/** What disturbs the recordings of a patient, mV. */
export interface Disturbance {
  readonly white: number;
  readonly wander: number;
  readonly muscle: number;
  readonly mains: number;
}

/** A person who never lived: morphology, heart rate, ectopy and noise of their own. All numbers are our reconstruction. */
export interface VirtualPatient {
  readonly number: number;
  /** Seed of everything that is drawn for this patient. */
  readonly seed: number;
  /** Years. */
  readonly age: number;
  readonly sex: Sex;
  readonly rate: TachogramParameters;
  /** Sinus beats; `L` and `R` where a bundle branch is blocked. */
  readonly conduction: "N" | "L" | "R";
  /** Waves of a sinus beat. */
  readonly sinus: readonly CohortWave[];
  /** Waves of an atrial and of a ventricular ectopic beat. */
  readonly atrial: readonly CohortWave[];
  readonly ventricular: readonly CohortWave[];
  /** Share of beats that come early from the atria and the ventricles, and that fuse with one. */
  readonly ectopy: { readonly atrial: number; readonly ventricular: number; readonly fusion: number };
  /** Coupling of ventricular ectopic beats, in parts of the interval. */
  readonly coupling: number;
  readonly disturbance: Disturbance;
}

const degree = Math.PI / 180;

/** A normal deviate about a mean, held between two limits. */
function about(random: Random, mean: number, deviation: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, mean + deviation * random.normal()));
}

/** The first patients of a seed; asking for more does not change them. */
export function virtualPatients(seed: number, count: number): VirtualPatient[] {
  return Array.from({ length: count }, (_, number) => virtualPatient(seed, number));
}

/** One patient of a seed. */
export function virtualPatient(seed: number, number: number): VirtualPatient {
  const random = createRandom(seed, number + 1);
  const age = Math.round(about(random, 60, 17, 18, 92));
  const heartRateMean = about(random, 74, 12, 48, 108);
  const conduction = random.uniform() < 0.84 ? "N" : random.uniform() < 0.5 ? "L" : "R";
  const sinus = sinusWaves(random, conduction);
  return {
    number,
    seed: (seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0,
    age,
    sex: random.uniform() < 0.5 ? "female" : "male",
    rate: {
      heartRateMean,
      heartRateSd: about(random, 3.2 - age / 60, 0.8, 0.8, 6),
      lfHfRatio: about(random, 1.2, 0.5, 0.3, 3),
      lowFrequency: 0.1,
      highFrequency: about(random, 0.25, 0.04, 0.16, 0.36),
    },
    conduction,
    sinus,
    atrial: atrialWaves(random, sinus),
    ventricular: ventricularWaves(random),
    // Few patients have most of the ectopic beats, as in MIT-BIH: prevalences spread over decades.
    ectopy: {
      atrial: random.uniform() < 0.3 ? 0 : share(random, -2.1, 0.85, 0.3),
      ventricular: random.uniform() < 0.25 ? 0 : share(random, -1.9, 0.8, 0.35),
      fusion: random.uniform() < 0.5 ? 0 : share(random, -2.2, 0.6, 0.1),
    },
    coupling: about(random, 0.64, 0.06, 0.5, 0.78),
    disturbance: {
      white: about(random, 0.008, 0.005, 0.002, 0.025),
      wander: about(random, 0.06, 0.05, 0, 0.25),
      muscle: random.uniform() < 0.4 ? 0 : about(random, 0.01, 0.008, 0, 0.04),
      mains: random.uniform() < 0.6 ? 0 : about(random, 0.006, 0.004, 0, 0.02),
    },
  };
}

/** A share whose logarithm is normal. */
function share(random: Random, decades: number, deviation: number, most: number): number {
  return Math.min(most, 10 ** (decades + deviation * random.normal()));
}

function sinusWaves(random: Random, conduction: VirtualPatient["conduction"]): CohortWave[] {
  const size = about(random, 1.25, 0.25, 0.75, 2);
  const axis = about(random, 38, 20, -20, 85) * degree;
  const back = about(random, 0.32, 0.12, 0, 0.6);
  const main = dipoleOf(size, axis, back);
  const septal: Dipole = [-0.11 * size, -0.03 * size, -about(random, 0.24, 0.07, 0.05, 0.4) * size];
  const basal: Dipole = [
    -about(random, 0.14, 0.07, 0, 0.3) * size,
    -about(random, 0.12, 0.08, -0.05, 0.3) * size,
    0.22 * size,
  ];
  const p = dipoleOf(about(random, 0.13, 0.03, 0.06, 0.2), about(random, 55, 12, 25, 80) * degree, -0.1);
  const tSize = size * about(random, 0.24, 0.06, 0.1, 0.4);
  const t = dipoleOf(tSize, axis + about(random, 0, 12, -35, 35) * degree, -about(random, 0.45, 0.2, 0, 0.9));
  const pWave = {
    name: "P",
    theta: -about(random, 66, 6, 54, 78) * degree,
    b: about(random, 0.15, 0.02, 0.11, 0.2),
    height: p,
  };
  const tTheta = about(random, 104, 9, 88, 125) * degree;
  const tWidth = about(random, 0.34, 0.05, 0.25, 0.45);
  const narrow = about(random, 0.08, 0.01, 0.062, 0.098);
  const q = { name: "Q", theta: -about(random, 11.5, 1, 9, 14) * degree, b: narrow * 0.85, height: septal };
  const r = { name: "R", theta: 0, b: narrow, height: main };
  const s = { name: "S", theta: about(random, 11.5, 1, 9, 13.5) * degree, b: narrow * 0.95, height: basal };
  if (conduction === "L") {
    // The left ventricle comes late and slowly: two humps to the left and back, T against them.
    return [
      pWave,
      { ...r, b: 0.13, height: scaled(main, 0.75) },
      { name: "R'", theta: 21 * degree, b: 0.14, height: dipoleOf(0.8 * size, axis - 0.2, back + 0.35) },
      { name: "T", theta: tTheta + 0.12, b: tWidth, height: scaled(main, -0.25) },
    ];
  }
  if (conduction === "R") {
    // The right ventricle comes late: a last hump to the right and front, T against it.
    const late: Dipole = [-0.42 * size, -0.05 * size, -about(random, 0.5, 0.1, 0.3, 0.7) * size];
    return [
      pWave,
      q,
      r,
      { name: "R'", theta: 25 * degree, b: 0.13, height: late },
      { name: "T", theta: tTheta + 0.05, b: tWidth, height: [t[0], t[1], Math.abs(t[2]) * 0.8] },
    ];
  }
  return [pWave, q, r, s, { name: "T", theta: tTheta, b: tWidth, height: t }];
}

/** The beat of an atrial focus: P of another shape, nearer; the rest almost as the sinus beat. */
function atrialWaves(random: Random, sinus: readonly CohortWave[]): CohortWave[] {
  const turned = about(random, -0.2, 0.5, -1, 0.8);
  const widened = 1 + 0.12 * random.uniform();
  return sinus.map((wave) =>
    wave.name === "P"
      ? {
          ...wave,
          theta: wave.theta * about(random, 0.86, 0.06, 0.74, 0.98),
          height: [wave.height[0] * 0.7, wave.height[1] * turned, -wave.height[2]],
        }
      : wave.name === "T"
        ? wave
        : { ...wave, b: wave.b * widened },
  );
}

/** The beat of a ventricular focus, right or left: wide, large, no P, T against it. */
function ventricularWaves(random: Random): CohortWave[] {
  const fromRight = random.uniform() < 0.6;
  const size = about(random, 1.8, 0.4, 1, 2.8);
  const axis = (fromRight ? about(random, 45, 45, -60, 100) : about(random, 115, 40, 60, 200)) * degree;
  const back = (fromRight ? 1 : -1) * about(random, 0.5, 0.2, 0.1, 0.9);
  const main = dipoleOf(size, axis, back);
  const width = about(random, 0.19, 0.02, 0.15, 0.24);
  return [
    { name: "R", theta: 0, b: width, height: main },
    {
      name: "S",
      theta: about(random, 28, 4, 22, 36) * degree,
      b: width * 0.8,
      height: dipoleOf(
        size * about(random, 0.35, 0.15, 0.1, 0.6),
        axis + about(random, 150, 40, 70, 230) * degree,
        -back / 2,
      ),
    },
    {
      name: "T",
      theta: about(random, 118, 8, 100, 135) * degree,
      b: about(random, 0.42, 0.05, 0.32, 0.52),
      height: scaled(main, -about(random, 0.3, 0.07, 0.15, 0.45)),
    },
  ];
}
