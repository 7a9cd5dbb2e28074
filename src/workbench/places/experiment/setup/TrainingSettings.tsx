import { NumberInput, Stack, Text } from "@mantine/core";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { NamedTraining } from "../../../../domain/distinctTitles.ts";
import type { Values } from "../../../../domain/schema.ts";
import type { OfferedTraining } from "../../../../generators/generator.ts";
import { SchemaForm } from "../../../controls/SchemaForm.tsx";
import { TrainingSelect } from "../../../controls/TrainingSelect.tsx";
import { type ChosenField, type OfferedModel, readChosen } from "../../../state/chosenTrainings.ts";
import { protocolDrafts } from "../../../state/protocolDrafts.ts";
import { DraftKind } from "./useDraft.ts";

/** The entry whose settings are shown: its list, and its place there. */
export const ChosenPlace = createContext<{ readonly field: ChosenField; readonly at: number }>({
  field: "generators",
  at: 0,
});

/** How a chosen generator is trained: the kind of its training, its iterations and its hyper-parameters. */
export function TrainingSettings({
  training,
  model,
  onChange,
}: {
  readonly training: NamedTraining;
  readonly model: OfferedModel;
  onChange(changes: Partial<OfferedTraining>): void;
}) {
  const { hyperparameters: schema, trainings, isTrained } = model;
  const sections = [...new Set(Object.values(schema).map(({ section }) => section))];
  const setValue = (name: string, value: Values[string] | undefined) => {
    const { [name]: _, ...rest } = training.hyperparameters;
    // A default that is written down would be another training by its address.
    const isDefault = value === undefined || value === schema[name].default;
    onChange({ hyperparameters: isDefault ? rest : { ...rest, [name]: value } });
  };
  return (
    <Stack gap={6}>
      {isTrained && (
        <>
          <TrainingSelect
            training={training}
            offered={trainings}
            size="xs"
            onChange={(kind) => onChange(trainings[kind] ?? trainings.usual)}
          />
          <NumberInput
            size="xs"
            label="Iterations"
            min={1}
            max={100_000}
            step={100}
            allowDecimal={false}
            value={training.iterations}
            onChange={(next) => onChange({ iterations: Math.max(1, Math.round(Number(next) || 1)) })}
          />
        </>
      )}
      {sections.map((section) => (
        <div key={section}>
          <Text size="xs" fw={600} mt={4}>
            {section}
          </Text>
          <SchemaForm
            schema={schema}
            useOverride={useOverride}
            section={section}
            showAdvanced
            advancedTitle="More"
            onChange={setValue}
            onReset={(name) => setValue(name, undefined)}
          />
        </div>
      ))}
    </Stack>
  );
}

/** One hyper-parameter of the entry whose settings are shown. */
function useOverride(name: string) {
  const kind = useContext(DraftKind);
  const { field, at } = useContext(ChosenPlace);
  return useStore(
    protocolDrafts,
    ({ drafts }) => readChosen(drafts[kind].fields, field)[at]?.hyperparameters[name],
  );
}
