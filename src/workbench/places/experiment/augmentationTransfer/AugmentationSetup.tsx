import { Checkbox, Group } from "@mantine/core";
import { useStore } from "zustand";
import type { GeneratedForm } from "../../../../domain/generation.ts";
import type { SignalDivision } from "../../../../experiments/augmentationTransfer/specification.ts";
import { offeredModel } from "../../../state/chosenTrainings.ts";
import { training } from "../../../state/training.ts";
import { ClassifierFields } from "../setup/ClassifierFields.tsx";
import {
  ChoicesField,
  CountField,
  FlagField,
  MostSignalsField,
  NumbersField,
  RunsField,
} from "../setup/fields.tsx";
import { ModelsField } from "../setup/ModelsField.tsx";
import { SetupFrame } from "../setup/SetupFrame.tsx";
import { useDraft, useField } from "../setup/useDraft.ts";
import { useModels } from "../setup/useModels.ts";
import { useOffered } from "../setup/usePresets.ts";
import { ClassesField } from "./ClassesField.tsx";
import { withSources } from "./completion.ts";
import { FormField } from "./FormField.tsx";
import { FreezingField } from "./FreezingField.tsx";

const isShare = (value: number) => value > 0 && value <= 1;

/** What the augmentation and transfer experiments are made of. */
export function AugmentationSetup() {
  return (
    <SetupFrame kind="Augmentation and transfer experiment" complete={withSources} takesSecond>
      <Fields />
    </SetupFrame>
  );
}

function Fields() {
  const models = useModels();
  const settings = useOffered();
  const description = useStore(training, (state) => state.description);
  const [form] = useField<GeneratedForm>("form");
  const { second } = useDraft();
  if (models === null || description === null) return null;
  const generators = Object.entries(models)
    .filter(([, { isPersonal, forms }]) => !isPersonal && forms.includes(form))
    .map(([value, model]) => ({ value, label: model.title, model: offeredModel(model, form) }));
  return (
    <>
      <FormField models={models} />
      <ClassesField />
      <ModelsField field="generators" label="Generators" offered={generators} />
      <FlagField name="hasAllTogether" label="Also the signals of all generators together" />
      {second !== null && (
        <FlagField
          name="crossesSources"
          label="Also real signals of one source with synthetic ones of the other"
        />
      )}
      <ChoicesField name="settings" label="Trained on → tested on" options={settings} />
      <FreezingField />
      <Group grow align="flex-start">
        <CountField
          name="syntheticPerClass"
          label="Synthetic of a class"
          description="The paper: 3,000"
          least={10}
          most={20_000}
        />
        <MostSignalsField />
      </Group>
      <Group grow align="flex-start">
        <NumbersField
          name="shares"
          label="Shares"
          description="Of what grows"
          isAllowed={isShare}
          remedy="Numbers above 0, at most 1"
        />
        <RunsField description="Of the classifier" />
      </Group>
      {form === "recordings" && <FoldsField />}
      <ClassifierFields
        description={description}
        choices={Object.keys(description.architectures).filter(
          (name) => form === "beats" || description.architectures[name].isOfBeats !== true,
        )}
      />
    </>
  );
}

/** Whether recordings of a published fold stand where their database puts them. */
function FoldsField() {
  const [division, change] = useField<SignalDivision>("division");
  return (
    <Checkbox
      size="xs"
      label="Divide PTB-XL by its own folds"
      description="1 to 8 train, 9 validates, 10 tests; recordings without a fold are divided by patient."
      checked={division.byFolds === true}
      onChange={(event) => change({ ...division, byFolds: event.currentTarget.checked })}
    />
  );
}
