import { quantileOf } from "../../evaluation/statistics/resampling.ts";
import type { Rows } from "../generatedBeats/sources.ts";
import { table } from "../markdown.ts";
import type { SignalOutcome } from "./training.ts";

/** How much of signals is lost on the way through a model's codes. */
export interface ReconstructionError {
  /** Median over the signals of the root mean square difference, mV, and its quartiles. */
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  /** Sum of the squared differences over that of the deviations of the signals from their own means. */
  readonly lost: number;
}

/** @param back the same signals after they were coded and decoded */
export function reconstructionError(
  { values, count, length }: Rows,
  back: Float32Array,
): ReconstructionError {
  let [lostSquares, allSquares] = [0, 0];
  const roots = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const own = values.subarray(row * length, (row + 1) * length);
    const mean = own.reduce((sum, value) => sum + value, 0) / length;
    let squares = 0;
    own.forEach((value, at) => {
      squares += (value - back[row * length + at]) ** 2;
      allSquares += (value - mean) ** 2;
    });
    roots[row] = Math.sqrt(squares / length);
    lostSquares += squares;
  }
  roots.sort();
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantileOf(roots, share));
  return { lower, median, upper, lost: lostSquares / allSquares };
}

/** What is lost of every class; null for models without codes. */
export type Reconstruction<Class extends string> = Readonly<Record<Class, ReconstructionError>> | null;

/** @param heldOut signals that were not learned from */
export function reconstructionOf<Class extends string>(
  { back }: SignalOutcome<Class>,
  heldOut: Readonly<Record<Class, Rows>>,
  classes: readonly Class[],
): Reconstruction<Class> {
  if (back === null) return null;
  const errors = classes.map((each) => [each, reconstructionError(heldOut[each], back[each])] as const);
  return Object.fromEntries(errors) as Record<Class, ReconstructionError>;
}

/** The table of what is lost. @param signals what they are called */
export function reconstructionSection<Class extends string>(
  signals: string,
  model: string,
  reconstruction: Reconstruction<Class>,
  classes: readonly Class[],
): string[] {
  if (reconstruction === null) return [];
  return [
    `Held-out ${signals} through the codes of ${model} and back:`,
    table(
      ["", "root mean square error, median [quartiles] (mV)", "share of the variance that is lost"],
      classes.map((each) => {
        const { lower, median, upper, lost } = reconstruction[each];
        return [
          each,
          `${median.toFixed(3)} [${lower.toFixed(3)}, ${upper.toFixed(3)}]`,
          `${(100 * lost).toFixed(1)} %`,
        ];
      }),
    ),
  ];
}
