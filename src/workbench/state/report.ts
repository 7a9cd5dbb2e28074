import { Failure } from "../../domain/failure.ts";
import { actions } from "./store.ts";

/** A Failure as it is; anything else as a defect that a person can pass on. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Failure("defect", message, "The workbench", "Please report this, with the steps that led here.");
}

/** Runs something that may fail and shows the failure to the person; a defect still reaches the console whole. */
export function reported(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    actions.report(asFailure(error));
    if (!(error instanceof Failure)) throw error;
  });
}
