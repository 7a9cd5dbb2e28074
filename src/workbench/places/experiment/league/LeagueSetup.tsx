import { Group } from "@mantine/core";
import { useStore } from "zustand";
import { offeredModel } from "../../../state/chosenTrainings.ts";
import type { Completion } from "../../../state/protocolDrafts.ts";
import { training } from "../../../state/training.ts";
import { workers } from "../../../workers.ts";
import { beatClassifiers } from "../setup/beatFields.tsx";
import { ClassifierFields } from "../setup/ClassifierFields.tsx";
import { ChoicesField, CountField, MostSignalsField, RunsField } from "../setup/fields.tsx";
import { ModelsField } from "../setup/ModelsField.tsx";
import { SetupFrame } from "../setup/SetupFrame.tsx";
import { useModels } from "../setup/useModels.ts";
import { useOffered } from "../setup/usePresets.ts";

const complete: Completion = async (fields, choice) => ({
  ...fields,
  source: await workers.training.signalSource(choice, "beats", fields["lead"] as string),
});

const thorough = {
  label: "Thorough",
  warning:
    "All generators at full size take days without a graphics card. Export the specification and compute it on many machines.",
};

/** What the league is made of. */
export function LeagueSetup() {
  return (
    <SetupFrame kind="League of generators experiment" complete={complete} full={thorough}>
      <Fields />
    </SetupFrame>
  );
}

function Fields() {
  const models = useModels();
  const simulators = useOffered();
  const description = useStore(training, (state) => state.description);
  if (models === null || description === null) return null;
  const isSimulator = (name: string) => simulators.some(({ value }) => value === name);
  const generators = Object.entries(models)
    .filter(([name, { isPersonal, forms }]) => !isPersonal && forms.includes("beats") && !isSimulator(name))
    .map(([value, model]) => ({ value, label: model.title, model: offeredModel(model, "beats") }));
  return (
    <>
      <ModelsField
        field="generators"
        label="Generators"
        offered={[
          ...simulators.map(({ value, label }) => ({
            value,
            label,
            // One of the simulators is an entry of the generators' registry, too.
            model: models[value] === undefined ? null : offeredModel(models[value], "beats"),
          })),
          ...generators,
        ]}
      />
      <ChoicesField
        name="classes"
        label="Classes"
        description="AAMI's, two at least; the Gaussian simulator makes N and V"
        options={["N", "S", "V", "F"].map((value) => ({ value, label: value }))}
      />
      <Group grow align="flex-start">
        <CountField
          name="beatsPerClass"
          label="Synthetic of a class"
          description="Drawn in each run"
          least={20}
          most={20_000}
        />
        <MostSignalsField />
      </Group>
      <RunsField description="Of generator and classifiers" />
      <ClassifierFields description={description} choices={beatClassifiers} />
    </>
  );
}
