import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Values } from "../../domain/schema.ts";
import { networkUnit } from "../../generators/heartCycle.ts";
import { createRandom } from "../../signal/random.ts";
import { drawEta, etaDistribution, packEta, typicalEta } from "../../simulators/heartOde/etaParameters.ts";
import { eulerBeat } from "../../simulators/heartOde/eulerBeat.ts";
import { phaseTable, recommendedCycle } from "../../simulators/heartOde/phaseTable.ts";
import type { StoredGeneration } from "../../storage/database.ts";
import { keepGeneration } from "../../storage/generations.ts";
import { heartFunctions } from "./heart.ts";

const table = phaseTable(recommendedCycle);
/** A beat of the equations as networks see it. */
const inNetworkUnit = (beat: ArrayLike<number>) =>
  Float32Array.from(beat, (value) => (value - networkUnit.offset) / networkUnit.scale);
const random = createRandom(5);
const real = Float32Array.from(
  Array.from({ length: 6 }, () =>
    Array.from(inNetworkUnit(eulerBeat(drawEta(etaDistribution("N"), random), table))),
  ).flat(),
);

async function keep(id: string, classes: readonly string[], hyperparameters: Values = {}, signals = real) {
  const specification = { kind: "Generator", form: "beats", model: "simDcgan", classes, hyperparameters };
  const progress = { real: signals, realLabels: new Uint8Array(signals.length / 216) };
  await keepGeneration({ id, specification, progress } as unknown as StoredGeneration);
}

beforeEach(async () => {
  await keep("hand", ["N"]);
});

describe("the heart's equations of a generator", () => {
  test("have waves set by hand, with which their own beat solves them and a flat line does not", async () => {
    const waves = await heartFunctions.classWaves("hand", 0);
    expect(waves?.origin).toBe("hand");
    expect(waves?.eta).toEqual(Array.from(packEta(typicalEta("N"))));
    const eta = waves?.eta ?? [];
    const own = inNetworkUnit(eulerBeat(typicalEta("N"), table, 0));
    const { loss, given, simulated } = await heartFunctions.compareWithHeart("hand", own, eta);
    expect(loss).toBeLessThan(1e-6);
    for (const at of [0, 72, 150]) expect(given[at]).toBeCloseTo(simulated[at], 6);
    const flat = inNetworkUnit(new Float32Array(216));
    expect((await heartFunctions.compareWithHeart("hand", flat, eta)).loss).toBeCloseTo(
      waves?.flatLoss ?? 0,
      6,
    );
    expect(waves?.flatLoss).toBeGreaterThan(0.1);
  });

  test("are those of the generator's own values: another first angle is another loss", async () => {
    await keep("released", ["N"], { startAngle: "released", simulatorWeight: 2 });
    const own = inNetworkUnit(eulerBeat(typicalEta("N"), table));
    const eta = Array.from(packEta(typicalEta("N")));
    expect((await heartFunctions.compareWithHeart("released", own, eta)).loss).toBeGreaterThan(0.05);
  });

  test("have waves fitted to the real beats where the generator's are, and where there are none by hand", async () => {
    await keep("fitted", ["N"], { etaSource: "fitted" });
    await keep("Q", ["Q"]);
    for (const id of ["fitted", "Q"]) {
      const waves = await heartFunctions.classWaves(id, 0);
      expect(waves?.origin).toBe("fitted");
      const { loss } = await heartFunctions.compareWithHeart(id, real.slice(0, 216), waves?.eta ?? []);
      expect(loss).toBeLessThan(0.1 * (waves?.flatLoss ?? 0));
    }
  });

  test("have none of a class without waves before there are real beats", async () => {
    await keep("empty", ["Q"], {}, new Float32Array(0));
    expect(await heartFunctions.classWaves("empty", 0)).toBeNull();
  });
});
