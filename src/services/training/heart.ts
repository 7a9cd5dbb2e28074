import { move } from "../../boundary/move.ts";
import { rowsOfLabel } from "../../domain/labelledRows.ts";
import { resolveValues, type Values } from "../../domain/schema.ts";
import { beatForm } from "../../experiments/generation/beatRows.ts";
import { cycleSchema, cycleTable, networkUnit } from "../../generators/heartCycle.ts";
import { packEta, simulatedClasses, typicalEta, unpackEta } from "../../simulators/heartOde/etaParameters.ts";
import { eulerBeat } from "../../simulators/heartOde/eulerBeat.ts";
import { fitEtaDistribution } from "../../simulators/heartOde/fitEta.ts";
import type { PhaseTable } from "../../simulators/heartOde/phaseTable.ts";
import { scaleToRange } from "../../simulators/heartOde/scaling.ts";
import { simulatorLoss } from "../../simulators/heartOde/simulatorLoss.ts";
import { wantedGeneration } from "../../storage/generations.ts";

/** The waves by which the equations make the beat of a class. */
export interface ClassWaves {
  /** The 15 numbers: a, b and θ (rad) of P, Q, R, S, T in turn. */
  readonly eta: readonly number[];
  /** Set by hand as in SimGAN's program, or the mean of waves fitted to real beats. */
  readonly origin: "hand" | "fitted";
  /** Simulator loss of a flat line with them. */
  readonly flatLoss: number;
}

/** A beat of a generator beside that of the heart's equations. */
export interface HeartComparison {
  /** `[216]`: where the equations stand in their loop. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** `[216]` of the equations' own beat and of the given one, in the model's own unit. */
  readonly simulated: Float32Array;
  readonly given: Float32Array;
  /** How far the given beat is from solving the equations, mean square over the steps. */
  readonly loss: number;
}

/** Real beats that waves are fitted to: enough for a mean, and a moment's work. */
const fittedBeats = 16;

/** What the training worker offers of the heart's equations, as a generator's values have them. */
export const heartFunctions = {
  /**
   * Waves of a class for the equations of a generator: fitted to some of the real beats that are kept with it where its own
   * are, or where nobody has set any by hand.
   * @param label position of the class
   * @returns null where the equations fit none of the beats, or none is there yet
   */
  async classWaves(id: string, label: number): Promise<ClassWaves | null> {
    const { specification, progress } = await wantedGeneration(id);
    const values = cycleValues(specification.hyperparameters);
    const table = cycleTable(values);
    const byHand = simulatedClasses.find((each) => each === specification.classes[label]);
    if (byHand !== undefined && values["etaSource"] !== "fitted") {
      return wavesOf(packEta(typicalEta(byHand)), "hand", table);
    }
    const real = rowsOfLabel({ signals: progress.real, labels: progress.realLabels }, label, beatForm.length);
    const some = real.subarray(0, fittedBeats * beatForm.length);
    const fitted = fitEtaDistribution(scaleToRange(some, beatForm.length).samples, table);
    return fitted === null ? null : wavesOf(fitted.mean, "fitted", table);
  },

  /**
   * A beat beside that of the equations of a generator.
   * @param beat `[216]`, −1 … 1
   */
  async compareWithHeart(id: string, beat: Float32Array, eta: readonly number[]): Promise<HeartComparison> {
    const { specification } = await wantedGeneration(id);
    const table = cycleTable(cycleValues(specification.hyperparameters));
    const parameters = unpackEta(eta);
    const given = beat.map((value) => networkUnit.scale * value + networkUnit.offset);
    return move({
      x: Float32Array.from(table.x),
      y: Float32Array.from(table.y),
      simulated: Float32Array.from(eulerBeat(parameters, table, 0)),
      given,
      loss: simulatorLoss({ beats: given, etas: [parameters], table }),
    });
  },
};

/** Values of the equations among those of a generator; the usual ones where it does not know them. */
function cycleValues(hyperparameters: Values): Values {
  const own = Object.entries(hyperparameters).filter(([name]) => Object.hasOwn(cycleSchema, name));
  return resolveValues(cycleSchema, Object.fromEntries(own));
}

function wavesOf(eta: Float64Array, origin: ClassWaves["origin"], table: PhaseTable): ClassWaves {
  const flat = new Float32Array(table.theta.length);
  return {
    eta: Array.from(eta),
    origin,
    flatLoss: simulatorLoss({ beats: flat, etas: [unpackEta(eta)], table }),
  };
}
