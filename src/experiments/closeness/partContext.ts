import type { ClosenessSpecification, Measured } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import type { ClosenessSets } from "./closenessSets.ts";

/** What a part of a comparison is measured of. */
export interface Context {
  readonly sets: ClosenessSets;
  readonly specification: ClosenessSpecification;
  readonly stopped: () => boolean;
  /** Of the part at hand. */
  readonly onShare: (share: number) => void;
}

/** Whose the real rows are. */
export const ownersOf = ({ heldOut, training }: ClosenessSets) => ({
  real: heldOut.patients,
  near: training.patients,
});

export const missing = (reason: string): { readonly value: null; readonly reason: string } => ({
  value: null,
  reason,
});

/** What cannot be computed from these rows is no reason to lose the rest. @returns null where it was stopped */
export async function tried<T>(compute: () => Promise<T | null>): Promise<Measured<T> | null> {
  try {
    const value = await compute();
    return value === null ? null : { value, reason: null };
  } catch (error) {
    if (error instanceof Failure) return missing(error.describe());
    throw error;
  }
}
