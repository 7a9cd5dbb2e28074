import { expect, test } from "vitest";
import { generatedForms } from "../domain/generation.ts";
import { resolveValues } from "../domain/schema.ts";
import { type GeneratorName, generators } from "./index.ts";
import { offeredTrainings } from "./offeredTrainings.ts";

const forms = Object.keys(generatedForms) as (keyof typeof generatedForms)[];

test.each(
  Object.entries(generators).flatMap(([name, load]) => forms.map((form) => [name, form, load] as const)),
)("the trainings of %s offered for %s set values that it has", async (name, form, load) => {
  const { hyperparameters: schema, isTrained, forms: made } = await load();
  const { usual, short } = offeredTrainings(name as GeneratorName)[form];
  const defaults = resolveValues(schema, {});
  if (form === "beats") {
    expect(usual.hyperparameters).toEqual({});
    expect(short !== null).toBe(isTrained);
  }
  if (!made.includes(form)) expect(short).toBeNull();
  for (const training of short === null ? [usual] : [usual, short]) {
    expect(resolveValues(schema, training.hyperparameters)).toEqual({
      ...defaults,
      ...training.hyperparameters,
    });
    expect(training.iterations).toBeLessThan(10_000);
  }
});
