import { expect, test } from "vitest";
import { distinctTitles, type Named } from "./distinctTitles.ts";

const text = { description: "", section: "Training", provenance: "code" } as const;
const simVanillaGan: Named = {
  title: "SimVGAN",
  hyperparameters: {
    weight: {
      kind: "number",
      label: "Simulator weight",
      default: 1,
      minimum: 0,
      maximum: 9,
      step: 1,
      unit: "",
      ...text,
    },
    order: {
      kind: "choice",
      label: "Order",
      default: "paper",
      options: [
        { value: "paper", label: "As in the paper" },
        { value: "code", label: "As in the code" },
      ],
      ...text,
    },
    sees: { kind: "switch", label: "RMS is seen", default: false, ...text },
  },
};
const gan: Named = { title: "GAN", hyperparameters: {} };
const named = (name: string) => (name === "gan" ? gan : simVanillaGan);
const of = (name: string, hyperparameters = {}, iterations = 400) => ({ name, hyperparameters, iterations });

test("what stands in a list once has its title alone, whatever its values", () => {
  expect(distinctTitles([of("gan"), of("sim", { weight: 0 })], named)).toEqual(["GAN", "SimVGAN"]);
});

test("what stands there several times says what tells it from the others, defaults among it, and nothing else", () => {
  const twice = [of("sim", { weight: 0, order: "code" }), of("gan"), of("sim", { order: "code" })];
  expect(distinctTitles(twice, named)).toEqual([
    "SimVGAN (simulator weight 0)",
    "GAN",
    "SimVGAN (simulator weight 1)",
  ]);
  const switched = [of("sim", { order: "code", sees: true }), of("sim", { weight: 1 })];
  expect(distinctTitles(switched, named)).toEqual([
    "SimVGAN (order: As in the code, RMS is seen on)",
    "SimVGAN (order: As in the paper, RMS is seen off)",
  ]);
});

test("iterations tell apart, too; equals are not told apart", () => {
  expect(distinctTitles([of("gan", {}, 4000), of("gan")], named)).toEqual([
    "GAN (4,000 iterations)",
    "GAN (400 iterations)",
  ]);
  expect(distinctTitles([of("gan"), of("gan")], named)).toEqual(["GAN", "GAN"]);
});
