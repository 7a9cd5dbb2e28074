import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { forgetBackend, openBackend } from "./backends.ts";
import { fastestBackend } from "./probe.ts";

test("openings that are asked for at once all succeed, and the last one computes", async () => {
  await openBackend("wasm");
  forgetBackend("wasm");
  const found = await Promise.all([openBackend("wasm"), openBackend("cpu"), openBackend("wasm")]);
  expect(found.map(({ name }) => name)).toEqual(["wasm", "cpu", "wasm"]);
  expect(tf.getBackend()).toBe("wasm");
});

test("an opening that fails does not keep the next one from succeeding", async () => {
  const failing = openBackend("webgpu");
  const next = openBackend("cpu");
  await expect(failing).rejects.toMatchObject({ code: "backend-unavailable" });
  expect(await next).toMatchObject({ name: "cpu" });
});

test("the one backend that is left is chosen without being timed", async () => {
  const { info, trials } = await fastestBackend(() => {
    throw new Error("it was timed");
  });
  expect(info.name).toBe("wasm");
  expect(trials.every(({ milliseconds }) => milliseconds === null)).toBe(true);
});
