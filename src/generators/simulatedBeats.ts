import type { Schema, Values } from "../domain/schema.ts";
import type { Random } from "../signal/random.ts";
import { drawEta, type EtaDistribution } from "../simulators/heartOde/etaParameters.ts";
import { eulerBeat } from "../simulators/heartOde/eulerBeat.ts";
import type { PhaseTable } from "../simulators/heartOde/phaseTable.ts";
import { scaleToRange } from "../simulators/heartOde/scaling.ts";
import { beatLength } from "./generator.ts";
import { networkUnit } from "./heartCycle.ts";
import { networkRange } from "./scaledSignals.ts";

/** Where beats of the equations themselves are given, not only a loss by them. */
export const simulatedSchema = {
  simulatedRange: {
    kind: "choice",
    section: "Simulator",
    advanced: true,
    label: "Range of the simulated beats",
    description:
      "As the equations give them, as in the code, or each from −1 to 1, as real beats come to the networks: fitted waves now and then give a beat many times as high.",
    provenance: "code",
    default: "equations",
    options: [
      { value: "equations", label: "As the equations give them (code)" },
      { value: "each", label: "Each from −1 to 1" },
    ],
  },
} satisfies Schema;

/** Beats `[any, 216]` in the unit of the networks, in the range that was chosen. */
export const inChosenRange = (values: Values, beats: Float32Array): Float32Array =>
  values["simulatedRange"] === "each" ? scaleToRange(beats, beatLength, networkRange).samples : beats;

/** Beats of the heart's equations, each with its own η, `[count, 216]` in the unit of the networks. */
export function simulatedBeats(
  etas: EtaDistribution,
  table: PhaseTable,
  count: number,
  random: Random,
): Float32Array {
  const { scale, offset } = networkUnit;
  const beats = new Float32Array(count * beatLength);
  for (let row = 0; row < count; row++) {
    const beat = eulerBeat(drawEta(etas, random), table);
    beats.set(
      beat.map((value) => (value - offset) / scale),
      row * beatLength,
    );
  }
  return beats;
}
