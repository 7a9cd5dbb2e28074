import { move } from "../../boundary/move.ts";
import type { Values } from "../../domain/schema.ts";
import { labelsOf, type NoiseCurve, type SamplingStep } from "../../generators/generator.ts";
import { openGenerator } from "./sampling.ts";

/** Signals whose making is to be watched. */
export interface WatchRequest {
  readonly count: number;
  readonly seed: number;
  /** Position of the class in the specification; null for all in turn. */
  readonly label: number | null;
  /** Differences from the hyper-parameters of sampling that the generator was trained with. */
  readonly sampling: Values;
}

/** What the page asks for a few times a second while signals are made step by step. */
export interface WatchProgress {
  /** Moments that the page does not have. */
  readonly moments: readonly SamplingStep[];
  readonly position: number;
  readonly of: number;
  /** s; null until it can be told honestly. */
  readonly secondsLeft: number | null;
  /** Null where signals are not made of noise. */
  readonly noise: NoiseCurve | null;
}

/** Moments that are kept of one sampling at most, the first and the last among them. */
const mostMoments = 60;

/** Whether a moment is kept. */
export const isKept = (position: number, of: number): boolean =>
  position === of || position % Math.ceil(of / (mostMoments - 1)) === 0;

interface Watched {
  readonly moments: SamplingStep[];
  readonly began: number;
  readonly noise: NoiseCurve | null;
  position: number;
  of: number;
  stopWanted: boolean;
}

let watched: Watched | null = null;

/** What the training worker offers of sampling that is looked at step by step. */
export const watchingFunctions = {
  /**
   * Makes signals and keeps what they were on the way, for `watchProgress`. Another call ends it.
   * @returns all kept moments
   */
  async watchSampling(id: string, request: WatchRequest): Promise<WatchProgress> {
    if (watched !== null) watched.stopWanted = true;
    const { generator, generation } = await openGenerator(id, request.sampling);
    const own: Watched = {
      moments: [],
      began: performance.now(),
      noise: generator.noise ?? null,
      position: 0,
      of: 1,
      stopWanted: false,
    };
    watched = own;
    const { classes } = generation.specification;
    await generator.watchSampling?.(
      generator.drawLatents(request.count, request.seed),
      labelsOf(request.count, classes.length, request.label ?? undefined),
      request.seed,
      (step) => {
        own.position = step.position;
        own.of = step.of;
        if (isKept(step.position, step.of)) own.moments.push({ ...step, signals: step.signals.slice() });
      },
      () => own.stopWanted,
    );
    const told = progressOf(own, 0);
    if (watched === own) watched = null;
    return move(told);
  },

  /** How far the sampling at hand is, or null. @param known moments that the page has already */
  async watchProgress(known: number): Promise<WatchProgress | null> {
    return watched === null ? null : move(progressOf(watched, known));
  },

  async stopWatching(): Promise<void> {
    if (watched !== null) watched.stopWanted = true;
  },
};

function progressOf({ moments, began, noise, position, of }: Watched, known: number): WatchProgress {
  const elapsed = (performance.now() - began) / 1000;
  return {
    // Copies: what is sent is gone here.
    moments: structuredClone(moments.slice(known)),
    position,
    of,
    secondsLeft: position > 0 ? (elapsed * (of - position)) / position : null,
    noise: noise === null ? null : { levels: noise.levels.slice(), taken: [...noise.taken] },
  };
}
