import { expect, test } from "vitest";
import type { GenerationSpecification } from "../../domain/generation.ts";
import { protocols } from "../../experiments/protocols.ts";
import { measuredDraft } from "./measuring.ts";

const presets = Object.fromEntries(protocols.map(({ kind, presets: own }) => [kind, own]));
const specification: GenerationSpecification = {
  kind: "Generator",
  form: "beats",
  model: "simVanillaGan",
  hyperparameters: { batchSize: 24 },
  classes: ["N", "V", "F"],
  source: { kind: "records", name: "mine", members: ["a", "b"] },
  mostSignals: 300,
  patient: null,
  iterations: 770,
  seed: 1,
};
const trained = { isPersonal: false, isTrained: true };
const draftOf = (changes: Partial<GenerationSpecification>, model = trained) =>
  measuredDraft({ name: "SimVGAN · V", specification: { ...specification, ...changes } }, model, presets);

/** What the file of such an experiment would be read as, by its own protocol. */
function parsed({ kind, draft }: ReturnType<typeof draftOf>, source: object): Record<string, unknown> {
  const protocol = protocols.find((each) => each.kind === kind);
  const { mostPerRecord: _, filter: __, ...fields } = draft.fields ?? {};
  return { ...protocol?.parse(JSON.stringify({ ...fields, name: draft.name, ...source }), "draft") };
}
const beats = { source: { name: "mine", members: ["a", "b"], lead: "MLII", filter: "none" } };

test("a generator of beats is measured by SimGAN's experiment with its own values, beside all controls", () => {
  const measured = draftOf({});
  expect(parsed(measured, beats)).toMatchObject({ kind: "SimGAN experiment", targets: ["V", "F"] });
  const list = measured.draft.fields?.["generators"] as readonly { readonly generator: string }[];
  expect(list.at(-1)).toEqual({
    generator: "simVanillaGan",
    hyperparameters: { batchSize: 24 },
    iterations: 770,
  });
  const controls = list.slice(0, -1).map(({ generator }) => generator);
  expect(controls).toEqual(expect.arrayContaining(["none", "continued", "noise", "oversampled"]));
  expect(controls.every((name) => name in (presets["SimGAN experiment"]?.titles ?? {}))).toBe(true);
  expect(measured.draft).toMatchObject({ source: "given", given: { name: "mine", members: ["a", "b"] } });
});

test("beats are cut behind the filter that the generator learned behind", () => {
  expect(draftOf({ filter: "bandPass" }).draft.fields?.["filter"]).toBe("bandPass");
  expect(draftOf({}).draft.fields?.["filter"]).toBe("none");
});

test("virtual patients stay virtual ones, and normal beats alone ask for the classes of a first look", () => {
  const source = { kind: "simulated", patients: 8, minutes: 5, seed: 1 } as const;
  const { draft } = draftOf({ source, classes: ["N"] });
  expect(draft).toMatchObject({ source: "virtual", given: null });
  expect(draft.fields?.["targets"]).toEqual(["V"]);
});

test("what is not trained has no iterations there either", () => {
  const { draft } = draftOf({ model: "simulator" }, { isPersonal: false, isTrained: false });
  expect(draft.fields?.["generators"]).toContainEqual({
    generator: "simulator",
    hyperparameters: { batchSize: 24 },
    iterations: 0,
  });
});

test("a personal generator is measured as its method of PGAN's experiment, on as many minutes and beats", () => {
  const measured = draftOf(
    { model: "personalisedDcgan", patient: "a", patientSearch: { minutes: 3, epochs: 2 } },
    { isPersonal: true, isTrained: true },
  );
  expect(parsed(measured, beats)).toMatchObject({
    kind: "PGAN experiment",
    adaptation: { minutes: 3, confidentBeats: 50 },
  });
  expect(measured.draft.fields?.["methods"]).toEqual([
    { method: "none", hyperparameters: {}, iterations: 0 },
    { method: "continued", hyperparameters: {}, iterations: 0 },
    { method: "personalisedLstm", hyperparameters: {}, iterations: 0 },
    { method: "personalisedDcgan", hyperparameters: { batchSize: 24 }, iterations: 770 },
  ]);
});

test("ten seconds are measured by augmentation, where a single class is told from normal recordings", () => {
  const recordings = { form: "recordings", model: "diffWave" } as const;
  const measured = draftOf({ ...recordings, classes: ["AFIB"] });
  expect(parsed(measured, { sources: [{ name: "mine", members: ["a", "b"] }] })).toMatchObject({
    kind: "Augmentation and transfer experiment",
    form: "recordings",
    lead: "II",
    classes: ["NORM", "AFIB"],
    mostSignals: 300,
    generators: [{ generator: "diffWave", hyperparameters: { batchSize: 24 }, iterations: 770 }],
  });
  expect(draftOf({ ...recordings, classes: ["NORM", "AFLT"] }).draft.fields?.["classes"]).toEqual([
    "NORM",
    "AFLT",
  ]);
});
