import { Accordion, Select } from "@mantine/core";
import { useContext, useMemo } from "react";
import { useStore } from "zustand";
import type { Values } from "../../../../domain/schema.ts";
import type { TrainingDescription } from "../../../../services/training/describing.ts";
import { SchemaForm } from "../../../controls/SchemaForm.tsx";
import { protocolDraftActions, protocolDrafts } from "../../../state/protocolDrafts.ts";
import { DraftKind, useField } from "./useDraft.ts";

interface Classifier {
  readonly architecture: string;
  readonly hyperparameters: Values;
}

/** The classifier and how it is trained, folded away. */
export function ClassifierFields({
  description,
  choices,
}: {
  readonly description: TrainingDescription;
  /** Architectures that may be chosen. */
  readonly choices: readonly string[];
}) {
  const kind = useContext(DraftKind);
  const [classifier, change] = useField<Classifier>("classifier");
  const { architectures, training } = description;
  const schema = useMemo(
    () => ({ ...architectures[classifier.architecture].hyperparameters, ...training }),
    [architectures, training, classifier.architecture],
  );
  const sections = [...new Set(Object.values(schema).map(({ section }) => section))];
  return (
    <Accordion variant="separated" chevronSize={16}>
      <Accordion.Item value="classifier">
        <Accordion.Control>Classifier: {architectures[classifier.architecture].title}</Accordion.Control>
        <Accordion.Panel>
          <Select
            size="xs"
            label="Architecture"
            allowDeselect={false}
            value={classifier.architecture}
            data={choices.map((value) => ({ value, label: architectures[value].title }))}
            onChange={(value) => value !== null && change({ architecture: value, hyperparameters: {} })}
            mb="xs"
          />
          {sections.map((section) => (
            <SchemaForm
              key={section}
              schema={schema}
              useOverride={useOverride}
              section={section}
              showAdvanced
              advancedTitle="More"
              onChange={(name, value) => protocolDraftActions.hyperparameter(kind, name, value)}
              onReset={(name) => protocolDraftActions.hyperparameter(kind, name, undefined)}
            />
          ))}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

/** One hyper-parameter of the classifier of the draft on the form. */
function useOverride(name: string) {
  const kind = useContext(DraftKind);
  return useStore(
    protocolDrafts,
    ({ drafts }) => (drafts[kind].fields["classifier"] as Classifier).hyperparameters[name],
  );
}
