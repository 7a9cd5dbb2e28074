import { expect, test } from "vitest";
import { resolveValues } from "../domain/schema.ts";
import { generators } from "./index.ts";
import { shortTrainingOf } from "./shortTrainings.ts";

test.each(Object.entries(generators))(
  "the short training of %s sets values that it has",
  async (name, load) => {
    const { hyperparameters: schema, isTrained } = await load();
    const short = shortTrainingOf(name);
    expect(short !== null).toBe(isTrained);
    if (short === null) return;
    const usual = resolveValues(schema, {});
    expect(resolveValues(schema, short.hyperparameters)).toEqual({ ...usual, ...short.hyperparameters });
    expect(short.iterations).toBeLessThan(10_000);
  },
);
