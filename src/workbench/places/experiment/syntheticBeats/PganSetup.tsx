import { Group } from "@mantine/core";
import { useStore } from "zustand";
import { offeredModel } from "../../../state/chosenTrainings.ts";
import { training } from "../../../state/training.ts";
import {
  beatClassifiers,
  FilterField,
  isCount,
  MostBeatsField,
  TargetsField,
  withBeats,
} from "../setup/beatFields.tsx";
import { ClassifierFields } from "../setup/ClassifierFields.tsx";
import { CountField, NumbersField, RunsField } from "../setup/fields.tsx";
import { ModelsField } from "../setup/ModelsField.tsx";
import { SetupFrame } from "../setup/SetupFrame.tsx";
import { useModels } from "../setup/useModels.ts";
import { useOffered } from "../setup/usePresets.ts";
import { AdaptationFields } from "./AdaptationFields.tsx";

const complete = withBeats("bandPass");

/** What PGAN's experiment is made of. */
export function PganSetup() {
  return (
    <SetupFrame kind="PGAN experiment" complete={complete}>
      <Fields />
    </SetupFrame>
  );
}

function Fields() {
  const models = useModels();
  const methods = useOffered();
  const description = useStore(training, (state) => state.description);
  if (models === null || description === null) return null;
  return (
    <>
      <TargetsField />
      <ModelsField
        field="methods"
        label="Methods"
        offered={methods.map(({ value, label, model }) => ({
          value,
          label,
          model: model === null ? null : offeredModel(models[model], "beats"),
        }))}
        // Its figures tell methods apart by their names.
        allowsTwice={false}
      />
      <Group grow align="flex-start">
        <NumbersField
          name="counts"
          label="Added beats"
          description="A list"
          isAllowed={isCount}
          remedy="Whole numbers from 0"
        />
        <RunsField description="Of each patient" />
      </Group>
      <AdaptationFields />
      <CountField
        name="leastBeats"
        label="Beats of the class that a patient needs"
        description="The paper asks for 800, which no patient of MIT-BIH has of fusion beats"
        least={1}
        most={5000}
      />
      <MostBeatsField />
      <FilterField usual="bandPass" />
      <ClassifierFields description={description} choices={beatClassifiers} />
    </>
  );
}
