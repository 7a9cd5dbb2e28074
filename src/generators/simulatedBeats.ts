import type { Random } from "../signal/random.ts";
import { drawEta, type EtaDistribution } from "../simulators/heartOde/etaParameters.ts";
import { eulerBeat } from "../simulators/heartOde/eulerBeat.ts";
import type { PhaseTable } from "../simulators/heartOde/phaseTable.ts";
import { beatLength } from "./generator.ts";
import { networkUnit } from "./heartCycle.ts";

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
