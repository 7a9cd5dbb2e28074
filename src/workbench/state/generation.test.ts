import { expect, test } from "vitest";
import { filterOf } from "../../domain/generation.ts";
import { timeDiffusion } from "../../generators/timeDiffusion.ts";
import { vanillaGan } from "../../generators/vanillaGan.ts";
import { workers } from "../workers.ts";
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

test("of a cohort the training side of its split is learned from, and all of it only where that is asked for", async () => {
  const cohort = { id: "c", name: "Holters", members: ["a", "b", "c", "d"] };
  Object.assign(workers, {
    records: {
      realSet: async () => ({ name: cohort.name, members: cohort.members }),
      trainingSide: async () => ({ name: cohort.name, members: ["a", "c"] }),
    },
  });
  const chosen = { ...draft, model: "vanillaGan", source: "c" };
  expect((await specificationOf(chosen, vanillaGan)).source).toEqual({
    ...{ kind: "records", name: "Holters, training side", members: ["a", "c"] },
  });
  expect((await specificationOf({ ...chosen, wholeCohort: true }, vanillaGan)).source).toEqual({
    ...{ kind: "records", name: "Holters", members: cohort.members },
  });
  const virtual = await specificationOf({ ...chosen, source: "virtual" }, vanillaGan);
  expect(virtual.source.kind).toBe("simulated");
});
