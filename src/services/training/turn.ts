import { Failure } from "../../domain/failure.ts";

/** Who trains now. One training at a time: all share one backend. */
let holder: string | null = null;

/** Whether somebody trains now. */
export const isTaken = (): boolean => holder !== null;

/**
 * Takes the turn to train.
 * @returns the way to give it back
 * @throws Failure `run-running`
 */
export function takeTurn(name: string): () => void {
  if (holder !== null) {
    throw new Failure("run-running", "Another training is on.", holder, "Wait for it, or stop it.");
  }
  holder = name;
  return () => {
    holder = null;
  };
}
