import type { Random } from "../../signal/random.ts";
import { intervalAt, tachogram } from "../mcsharry/tachogram.ts";
import { type Dipole, scaled } from "./dipole.ts";
import type { VirtualPatient } from "./patient.ts";
import type { CohortBeat, CohortWave } from "./waves.ts";

/** The interval at which waves have their plain width, s; they follow the interval more slowly than it changes. */
const usualInterval = 0.85;
const followed = 0.4;

/** Angular velocity of a beat: a wave's time is its angle over it. QT then grows with RR to the power of 0.4. */
export function omegaOf(interval: number): number {
  return (2 * Math.PI) / (usualInterval * (interval / usualInterval) ** followed);
}

/** Every beat differs a little from the next: heights by this share, and angles by so many rad. */
const [heightJitter, angleJitter] = [0.04, 0.008] as const;

/** The waves of one beat, a little different each time. */
export function jittered(waves: readonly CohortWave[], random: Random): CohortWave[] {
  return waves.map((wave) => ({
    ...wave,
    theta: wave.name === "R" ? wave.theta : wave.theta + angleJitter * random.normal(),
    height: scaled(wave.height, 1 + heightJitter * random.normal()),
  }));
}

/**
 * The beats of a patient in sinus rhythm with their ectopy: atrial ones come early and reset the rhythm, ventricular ones
 * come early and are followed by a compensatory pause, fused ones come just before their time.
 */
export function sinusBeats(patient: VirtualPatient, duration: number, random: Random): CohortBeat[] {
  const { ectopy, conduction, sinus, atrial, ventricular, coupling } = patient;
  const intervals = tachogram(patient.rate, duration + 4, random);
  const beats: CohortBeat[] = [];
  const add = (time: number, interval: number, symbol: string, waves: readonly CohortWave[]) =>
    beats.push({ time, symbol, omega: omegaOf(interval), waves: jittered(waves, random) });
  let time = -2 + random.uniform();
  // Episodes in which every second beat is ventricular make some minutes richer than others.
  let bigeminyUntil = Number.NEGATIVE_INFINITY;
  let sinceVentricular = 9;
  while (time < duration + 2) {
    const interval = intervalAt(intervals, time + 2);
    const isBigeminal = time < bigeminyUntil && sinceVentricular >= 1;
    const drawn = random.uniform();
    if (isBigeminal || drawn < ectopy.ventricular) {
      const early = interval * (coupling + 0.03 * random.normal());
      add(time + early, interval, "V", ventricular);
      time += 2 * interval;
      sinceVentricular = 0;
      if (!isBigeminal && random.uniform() < 0.08) bigeminyUntil = time + 10 + 40 * random.uniform();
    } else if (drawn < ectopy.ventricular + ectopy.atrial) {
      time += interval * (0.66 + 0.1 * random.uniform());
      add(time, interval, "A", atrial);
      time += interval * (1.02 + 0.1 * random.uniform());
    } else if (drawn < ectopy.ventricular + ectopy.atrial + ectopy.fusion) {
      time += interval * (0.94 + 0.04 * random.uniform());
      add(time, interval, "F", fused(sinus, ventricular, 0.35 + 0.3 * random.uniform()));
      time += interval;
    } else {
      time += interval;
    }
    sinceVentricular++;
    add(time, interval, conduction, sinus);
  }
  return beats;
}

/** Both ventricles are excited at once from above and from a focus: the two beats added, each in part. */
export function fused(
  sinus: readonly CohortWave[],
  ventricular: readonly CohortWave[],
  part: number,
): CohortWave[] {
  return [
    ...sinus.map((wave) => (wave.name === "P" ? wave : { ...wave, height: scaled(wave.height, 1 - part) })),
    ...ventricular.map((wave) => ({ ...wave, height: scaled(wave.height, part) })),
  ];
}

/** Beats at given times, each with the interval before it. */
export function beatsAt(
  times: readonly number[],
  symbol: string,
  waves: readonly CohortWave[],
  random: Random,
): CohortBeat[] {
  return times.map((time, index) => {
    const interval = index === 0 ? times[1] - times[0] : time - times[index - 1];
    return { time, symbol, omega: omegaOf(interval), waves: jittered(waves, random) };
  });
}

/** Waves without the atria's. */
export function withoutP(waves: readonly CohortWave[]): CohortWave[] {
  return waves.filter(({ name }) => name !== "P");
}

/** A bypass of the AV node: P follows close, a slurred start leads into a wider complex, T turns away. */
export function preExcited(sinus: readonly CohortWave[], random: Random): CohortWave[] {
  const main = sinus.find(({ name }) => name === "R")?.height ?? ([1, 0.5, 0.3] satisfies Dipole);
  const strength = 0.3 + 0.15 * random.uniform();
  return [
    ...sinus.flatMap((wave): CohortWave[] => {
      if (wave.name === "Q") return [];
      if (wave.name === "P") return [{ ...wave, theta: -0.96 + 0.08 * random.uniform(), b: 0.14 }];
      if (wave.name === "T") return [{ ...wave, height: scaled(wave.height, -0.4) }];
      return [{ ...wave, b: wave.b * 1.25 }];
    }),
    { name: "delta", theta: -0.3, b: 0.13, height: scaled(main, strength) },
  ];
}
