import type { Benchmark } from "../testing/benchmark.ts";
import { drawingRate } from "../testing/drawingRate.ts";
import { generators } from "./index.ts";

/** Beats that are drawn at once. */
const drawn = 200;
const width = { generatorWidth: "16", discriminatorWidth: "16" };

/** Generators that draw a beat in one step, at a width as trained in a tab; those that take many have benchmarks of their own. */
const names = [
  "dcgan",
  "ecgGan",
  "personalisedGan",
  "personalisedDcgan",
  "pgan",
  "simulator",
  "simVanillaGan",
  "simDcgan",
  "wgan",
  "simWgan",
  "refineGan",
] as const satisfies readonly (keyof typeof generators)[];

const rate = async (name: keyof typeof generators, atOnce = drawn) =>
  drawingRate(await generators[name](), atOnce, width, "wasm");

/** Drawing of beats in Node, in mV. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: `sampling vanillaGan, the dense GAN, ${drawn} beats, wasm`,
    unit: "beats/s",
    better: "higher",
    baseline: "one beat at a time",
    measure: () => rate("vanillaGan"),
    measureBaseline: () => rate("vanillaGan", 1),
  },
  ...names.map(
    (name): Benchmark => ({
      name: `sampling ${name}, ${drawn} beats, wasm`,
      unit: "beats/s",
      better: "higher",
      baseline: "the dense GAN",
      measure: () => rate(name),
      measureBaseline: () => rate("vanillaGan"),
    }),
  ),
];
