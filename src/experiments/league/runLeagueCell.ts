import { countsOf, requireUnseen } from "../augmentationTransfer/signals.ts";
import type { RunHooks } from "../protocol.ts";
import { classCloseness } from "./classCloseness.ts";
import { dividedBeats } from "./dividedBeats.ts";
import { drawnBeats } from "./drawnBeats.ts";
import { privacyOf } from "./privacy.ts";
import {
  isInterrupted,
  type LeagueCheckpoint,
  type LeagueEnvironment,
  type LeagueOutcome,
  type LeagueRun,
} from "./run.ts";
import type { ClassCloseness, LeagueCell } from "./specification.ts";
import { scoresOf } from "./usefulness.ts";

/**
 * Draws beats from one contestant that has seen the training patients alone, and measures how near they are to the beats of
 * tested patients, what they are worth to a classifier, whether they are copies, and what they cost.
 * @throws Failure for beats or hyper-parameters that do not fit
 */
export async function runLeagueCell(
  cell: LeagueCell,
  environment: LeagueEnvironment,
  hooks: RunHooks,
  checkpoint: LeagueCheckpoint | null = null,
): Promise<LeagueOutcome> {
  hooks.onActivity?.({ phase: "generator", doing: "preparing" });
  const signals = await environment.signals(hooks.stopped);
  if (signals === null) return { end: "cancelled" };
  const real = dividedBeats(signals, cell);
  requireUnseen(real.train.patients, real.test.patients, cell.contestant.generator);
  const run: LeagueRun = { cell, environment, hooks, checkpoint, real };
  const drawn = await drawnBeats(run);
  if (isInterrupted(drawn)) return drawn;
  const scores = await scoresOf(run, drawn.beats);
  if (isInterrupted(scores)) return scores;
  hooks.onActivity?.({ phase: "closeness", doing: "testing" });
  const closeness: Record<string, ClassCloseness> = {};
  for (const [label, name] of cell.classes.entries()) {
    const found = await classCloseness(run, drawn.beats, label);
    if (found === null) return { end: "cancelled" };
    closeness[name] = found;
  }
  const privacy = await privacyOf(run, drawn.beats);
  if (privacy === null) return { end: "cancelled" };
  return {
    end: "finished",
    weights: [],
    result: {
      closeness,
      privacy,
      cost: drawn.cost,
      scores,
      counts: {
        train: countsOf(real.train.labels, cell.classes.length),
        trainPatients: new Set(real.train.patients).size,
        testPatients: new Set(real.test.patients).size,
      },
    },
  };
}
