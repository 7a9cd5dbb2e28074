import { Checkbox, Group, Select } from "@mantine/core";
import { useStore } from "zustand";
import type { GeneratedForm } from "../../../../domain/generation.ts";
import { hasSameValues } from "../../../../domain/schema.ts";
import type { SignalDivision } from "../../../../experiments/augmentationTransfer/specification.ts";
import type { ChosenGenerator } from "../../../../experiments/syntheticBeats/specification.ts";
import type { DescribedGenerator } from "../../../../generators/generator.ts";
import type { Completion } from "../../../state/protocolDrafts.ts";
import { training } from "../../../state/training.ts";
import { workers } from "../../../workers.ts";
import { ClassifierFields } from "../setup/ClassifierFields.tsx";
import {
  ChoicesField,
  CountField,
  FlagField,
  ModelsField,
  MostSignalsField,
  NumbersField,
  RunsField,
} from "../setup/fields.tsx";
import { SetupFrame } from "../setup/SetupFrame.tsx";
import { useField } from "../setup/useDraft.ts";
import { useModels } from "../setup/useModels.ts";
import { useOffered } from "../setup/usePresets.ts";
import { ClassesField } from "./ClassesField.tsx";

const complete: Completion = async (fields, choice) => ({
  ...fields,
  sources: [
    await workers.training.signalSource(choice, fields["form"] as GeneratedForm, fields["lead"] as string),
  ],
});
const isShare = (value: number) => value > 0 && value <= 1;

/** What the augmentation and transfer experiments are made of. */
export function AugmentationSetup() {
  return (
    <SetupFrame kind="Augmentation and transfer experiment" complete={complete}>
      <Fields />
    </SetupFrame>
  );
}

function Fields() {
  const models = useModels();
  const settings = useOffered();
  const description = useStore(training, (state) => state.description);
  const [form] = useField<GeneratedForm>("form");
  if (models === null || description === null) return null;
  const generators = Object.entries(models)
    .filter(([, { isPersonal, forms }]) => !isPersonal && forms.includes(form))
    .map(([value, { title, isTrained, trainings }]) => ({
      value,
      label: title,
      isTrained,
      hyperparameters: trainings[form].usual.hyperparameters,
    }));
  return (
    <>
      <FormField models={models} />
      <ClassesField />
      <ModelsField
        name="generators"
        keyName="generator"
        label="Generators"
        options={generators}
        usual={600}
      />
      <FlagField name="hasAllTogether" label="Also the signals of all generators together" />
      <ChoicesField name="settings" label="Trained on → tested on" options={settings} />
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

/** What is generated; the usual values of generators go with it. */
function FormField({ models }: { readonly models: Readonly<Record<string, DescribedGenerator>> }) {
  const [form, change] = useField<GeneratedForm>("form");
  const [generators, changeGenerators] = useField<readonly ChosenGenerator[]>("generators");
  const usual = (name: string, of: GeneratedForm) => models[name]?.trainings[of].usual.hyperparameters ?? {};
  const choose = (next: GeneratedForm) => {
    change(next);
    changeGenerators(
      generators.map((each) =>
        hasSameValues(each.hyperparameters, usual(each.generator, form))
          ? { ...each, hyperparameters: usual(each.generator, next) }
          : each,
      ),
    );
  };
  return (
    <Select
      label="Signals"
      allowDeselect={false}
      value={form}
      data={[
        { value: "beats", label: "Single beats" },
        { value: "recordings", label: "Ten seconds of one lead" },
      ]}
      onChange={(next) => next !== null && choose(next as GeneratedForm)}
    />
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
