import { expect, test } from "vitest";
import type { Generator } from "../../generators/generator.ts";
import { madeInParts, makingFunctions } from "./making.ts";

/** A generator whose signals are ten times their latents, made in four steps. */
function stepwise(steps = 4): Generator {
  const scaled = async (latents: Float32Array) => latents.map((value) => 10 * value);
  return {
    latentSize: 2,
    drawLatents: (count: number, seed: number) =>
      Float32Array.from({ length: 2 * count }, (_, at) => seed + at),
    sampleScaled: scaled,
    inMillivolt: (signals: Float32Array) => signals.map((value) => value + 1),
    async watchSampling(latents, _, __, onStep, stopped) {
      for (let position = 1; position <= steps && !stopped(); position++) {
        await onStep({ position, of: steps, caption: "", signals: latents });
      }
      return scaled(latents);
    },
  } as Partial<Generator> as Generator;
}

test("signals made in parts are those of all latents, and the making tells how far it is", async () => {
  const generator = stepwise();
  const { watchSampling } = generator;
  const seen: number[] = [];
  const watching: Generator = {
    ...generator,
    watchSampling: async (latents, labels, seed, onStep, stopped) =>
      (watchSampling as NonNullable<Generator["watchSampling"]>)(
        latents,
        labels,
        seed,
        async (step) => {
          await onStep(step);
          seen.push((await makingFunctions.makingProgress())?.done ?? -1);
        },
        stopped,
      ),
  };
  const made = await madeInParts(watching, 100, 3, new Uint8Array(100));
  expect(made).toEqual(Float32Array.from({ length: 200 }, (_, at) => 10 * (3 + at) + 1));
  expect(seen).toEqual([16, 32, 48, 64, 73, 82, 91, 100]);
  expect(await makingFunctions.makingProgress()).toBeNull();
});

test("it can be stopped, and only one goes on at a time", async () => {
  const under = madeInParts(stepwise(), 100, 1, new Uint8Array(100));
  await expect(madeInParts(stepwise(), 1, 1, new Uint8Array(1))).rejects.toThrow(
    expect.objectContaining({ code: "making-running" }),
  );
  await makingFunctions.stopMaking();
  await expect(under).rejects.toThrow(expect.objectContaining({ code: "making-stopped" }));
  expect(await madeInParts(stepwise(), 1, 1, new Uint8Array(1))).toHaveLength(2);
});
