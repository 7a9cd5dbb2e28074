import { expect, test } from "vitest";
import { generatorNamed } from "../generators/generatorNamed.ts";
import { chosenTitles, titleOfChosen } from "./chosenTitles.ts";

test("a generator that is chosen twice is called by what differs, and by its title alone where it stands alone", async () => {
  const gan = { generator: "vanillaGan", hyperparameters: {}, iterations: 400 };
  const wide = { ...gan, hyperparameters: { batchSize: 64 } };
  const titles = await chosenTitles([gan, wide], generatorNamed);
  expect(titleOfChosen(titles, wide)).toBe("GAN (batch 64)");
  expect(titleOfChosen(titles, gan)).toBe("GAN (batch 50)");
  // Whatever the order of its keys.
  const { iterations, ...turned } = wide;
  expect(titleOfChosen(titles, { iterations, ...turned })).toBe("GAN (batch 64)");
  expect(titleOfChosen(await chosenTitles([wide], generatorNamed), wide)).toBe("GAN");
  expect(titleOfChosen(titles, { ...gan, generator: "dcgan" })).toBeUndefined();
});
