import { Group } from "@mantine/core";
import { useStore } from "zustand";
import { offeredModel } from "../../../state/chosenTrainings.ts";
import { training } from "../../../state/training.ts";
import {
  beatClassifiers,
  FilterField,
  isRatio,
  MostBeatsField,
  TargetsField,
  withBeats,
} from "../setup/beatFields.tsx";
import { ClassifierFields } from "../setup/ClassifierFields.tsx";
import { ChoiceField, FlagField, NumbersField, RunsField } from "../setup/fields.tsx";
import { ModelsField } from "../setup/ModelsField.tsx";
import { SetupFrame } from "../setup/SetupFrame.tsx";
import { useModels } from "../setup/useModels.ts";
import { useOffered } from "../setup/usePresets.ts";

const complete = withBeats("none");

/** What SimGAN's experiment is made of. */
export function SimGanSetup() {
  return (
    <SetupFrame kind="SimGAN experiment" complete={complete}>
      <Fields />
    </SetupFrame>
  );
}

function Fields() {
  const models = useModels();
  const controls = useOffered();
  const description = useStore(training, (state) => state.description);
  if (models === null || description === null) return null;
  const generators = Object.entries(models)
    .filter(([, { isPersonal, forms }]) => !isPersonal && forms.includes("beats"))
    .map(([value, model]) => ({ value, label: model.title, model: offeredModel(model, "beats") }));
  return (
    <>
      <TargetsField />
      <ModelsField
        field="generators"
        label="Added to the real beats"
        offered={[...controls.map((option) => ({ ...option, model: null })), ...generators]}
      />
      <Group grow align="flex-start">
        <NumbersField
          name="ratios"
          label="Added over real ones"
          description="Of the class"
          isAllowed={isRatio}
          remedy="Numbers from 0"
        />
        <RunsField description="Fewer than 5 tell little" />
      </Group>
      <ChoiceField
        name="order"
        label="Training"
        options={[
          { value: "realThenBoth", label: "On real beats, then on both (paper)" },
          { value: "union", label: "Once on both (program)" },
        ]}
      />
      <MostBeatsField />
      <FilterField usual="none" />
      <FlagField
        name="keepsSharedPatients"
        label="Keep records 201 and 202, of one man, on both sides"
        description="As in the published division; the test is then not by patient."
      />
      <ClassifierFields description={description} choices={beatClassifiers} />
    </>
  );
}
