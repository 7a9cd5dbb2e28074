import { expect, test } from "vitest";
import { filterOf } from "../../domain/generation.ts";
import { timeDiffusion } from "../../generators/timeDiffusion.ts";
import { vanillaGan } from "../../generators/vanillaGan.ts";
import { generation, specificationOf } from "./generation.ts";

const { draft } = generation.getState();

test("beats are cut behind the recommended filter where nobody chooses another", async () => {
  const beats = { ...draft, model: "vanillaGan" };
  expect((await specificationOf(beats, vanillaGan)).filter).toBe("zeroPhase");
  expect((await specificationOf({ ...beats, filter: "bandPass" }, vanillaGan)).filter).toBe("bandPass");
});

test("without a filter, and for ten seconds, a training is named as those before there were filters", async () => {
  const beats = await specificationOf({ ...draft, model: "vanillaGan", filter: "none" }, vanillaGan);
  expect(beats).not.toHaveProperty("filter");
  expect(filterOf(beats)).toBe("none");
  const recordings = await specificationOf(
    { ...draft, model: "timeDiffusion", form: "recordings" },
    timeDiffusion,
  );
  expect(recordings).not.toHaveProperty("filter");
});
