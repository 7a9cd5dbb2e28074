/** A computation that yields wherever it may be interrupted, every few milliseconds or so. */
export type Work<Result> = Generator<undefined, Result, undefined>;

/** How a long computation shares its thread. */
export interface Pace {
  /** Asked before every stretch of work: true ends it. */
  readonly stopped?: () => boolean;
  /** Lets others have their turn: messages, a redraw. Without it the thread is never given away. */
  readonly pause?: () => Promise<void>;
}

/** Longest stretch without a pause, ms. */
const longestStretch = 30;

/** Does the work at once, without a pause. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Does the work with pauses. @returns null where it was stopped */
export async function finishWithPauses<Result>(
  work: Work<Result>,
  { stopped, pause }: Pace,
): Promise<{ readonly result: Result } | null> {
  let begun = performance.now();
  for (;;) {
    if (stopped?.()) return null;
    const step = work.next();
    if (step.done) return { result: step.value };
    if (pause === undefined || performance.now() - begun < longestStretch) continue;
    await pause();
    begun = performance.now();
  }
}
