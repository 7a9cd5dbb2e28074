import {
  Accordion,
  Alert,
  Anchor,
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
} from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useStore } from "zustand";
import {
  type Setting,
  settings,
  settingTitles,
  type TaskName,
  taskNames,
} from "../../../domain/experiment.ts";
import type { TrainingDescription } from "../../../services/training/describing.ts";
import { SchemaForm } from "../../controls/SchemaForm.tsx";
import { reported } from "../../state/report.ts";
import { actions } from "../../state/store.ts";
import { training, trainingActions } from "../../state/training.ts";
import { BackendPanel } from "./BackendPanel.tsx";
import { RealSelect } from "./RealSelect.tsx";
import classes from "./train.module.css";

const frequencies = ["100", "250", "500"];

const presetNames = [
  { value: "clinical", label: "Clinical (our reconstruction)" },
  { value: "author", label: "Authors' released code" },
  { value: "paper", label: "As the paper reads" },
];

/** What is to be learned, from what, by which network. */
export function SetupPanel({ description }: { readonly description: TrainingDescription }) {
  const draft = useStore(training, (state) => state.draft);
  const isBusy = useStore(training, (state) => state.running !== null);
  const architecture = description.architectures[draft.architecture];
  const needsReal = draft.setting !== "synthetic";
  const lacksReal = needsReal && draft.realSource === "none";
  return (
    <Stack gap="sm" data-testid="training-setup">
      <Select
        label="Abnormality, against normal"
        allowDeselect={false}
        value={draft.task}
        data={taskNames.map((name) => ({ value: name, label: description.tasks[name].title }))}
        onChange={(value) => value !== null && trainingActions.draft({ task: value as TaskName })}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="learn-from">
          Learn from
        </Text>
        <SegmentedControl
          fullWidth
          size="sm"
          aria-labelledby="learn-from"
          value={draft.setting}
          data={settings.map((value) => ({ value, label: settingTitles[value] }))}
          onChange={(value) => trainingActions.draft({ setting: value as Setting })}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {settingWords[draft.setting]}
        </Text>
      </div>
      <RealSelect />
      {lacksReal && (
        <Alert color="yellow" p="xs" title="No real recordings chosen">
          <Text size="xs">
            Import records, or{" "}
            <Anchor
              component="button"
              type="button"
              size="xs"
              c="inherit"
              underline="always"
              onClick={() => actions.go("records")}
            >
              make the simulated stand-in
            </Anchor>{" "}
            under Records, and choose them here.
          </Text>
        </Alert>
      )}
      <Select
        label="Architecture"
        description={`${architecture.description} ${architecture.paper}.`}
        allowDeselect={false}
        value={draft.architecture}
        data={Object.entries(description.architectures)
          .filter(([, { isOfBeats }]) => isOfBeats !== true)
          .map(([value, { title }]) => ({ value, label: title }))}
        onChange={(value) => value !== null && trainingActions.draft({ architecture: value })}
      />
      <Accordion variant="separated" multiple defaultValue={[]} chevronSize={16}>
        <Accordion.Item value="architecture">
          <Accordion.Control>Network</Accordion.Control>
          <Accordion.Panel>
            <SchemaForm
              schema={architecture.hyperparameters}
              useOverride={useArchitectureValue}
              section="Architecture"
              showAdvanced
              advancedTitle="More"
              onChange={(name, value) => trainingActions.setValue(draft.architecture, name, value)}
              onReset={(name) => trainingActions.setValue(draft.architecture, name, undefined)}
            />
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="training">
          <Accordion.Control>Training</Accordion.Control>
          <Accordion.Panel>
            <SchemaForm
              schema={description.training}
              useOverride={useTrainingValue}
              section="Training"
              showAdvanced
              advancedTitle="More"
              onChange={(name, value) => trainingActions.setValue("", name, value)}
              onReset={(name) => trainingActions.setValue("", name, undefined)}
            />
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="recordings">
          <Accordion.Control>Recordings</Accordion.Control>
          <Accordion.Panel>
            <RecordingsFields />
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="backend">
          <Accordion.Control>Computation</Accordion.Control>
          <Accordion.Panel>
            <BackendPanel />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <div className={classes.start}>
        <Button
          fullWidth
          leftSection={<IconPlayerPlay size={16} />}
          disabled={isBusy || lacksReal}
          onClick={() => reported(trainingActions.start())}
        >
          {isBusy ? "Training …" : "Train"}
        </Button>
      </div>
    </Stack>
  );
}

const settingWords: Readonly<Record<Setting, string>> = {
  real: "Trained on real recordings, tested on real ones.",
  synthetic: "Trained on synthetic recordings; tested on real ones where some are chosen.",
  syntheticToReal: "Trained on synthetic recordings first, then on real ones; tested on real ones.",
};

function useArchitectureValue(name: string) {
  return useStore(training, ({ draft }) => draft.overrides[draft.architecture]?.[name]);
}

function useTrainingValue(name: string) {
  return useStore(training, ({ draft }) => draft.overrides[""]?.[name]);
}

function RecordingsFields() {
  const draft = useStore(training, (state) => state.draft);
  const number = (value: string | number, least: number) => Math.max(least, Math.round(Number(value) || 0));
  return (
    <Stack gap="xs">
      <Select
        size="xs"
        label="Simulator's preset"
        allowDeselect={false}
        value={draft.preset}
        data={presetNames}
        onChange={(value) => value !== null && trainingActions.draft({ preset: value })}
      />
      <Group grow gap="xs">
        <NumberInput
          size="xs"
          label="Synthetic a class"
          min={10}
          max={20_000}
          step={50}
          allowDecimal={false}
          value={draft.perClass}
          onChange={(value) => trainingActions.draft({ perClass: number(value, 10) })}
        />
        <Select
          size="xs"
          label="Sampling (Hz)"
          allowDeselect={false}
          value={String(draft.samplingFrequency)}
          data={frequencies}
          onChange={(value) => value !== null && trainingActions.draft({ samplingFrequency: Number(value) })}
        />
      </Group>
      <Group grow gap="xs">
        <NumberInput
          size="xs"
          label="Split"
          min={1}
          max={100}
          allowDecimal={false}
          value={draft.split}
          onChange={(value) => trainingActions.draft({ split: number(value, 1) })}
        />
        <NumberInput
          size="xs"
          label="Seed"
          min={0}
          max={1_000_000}
          allowDecimal={false}
          value={draft.seed}
          onChange={(value) => trainingActions.draft({ seed: number(value, 0) })}
        />
        <NumberInput
          size="xs"
          label="Most positives"
          placeholder="all"
          min={1}
          allowDecimal={false}
          value={draft.positives ?? ""}
          onChange={(value) => trainingActions.draft({ positives: value === "" ? null : number(value, 1) })}
        />
      </Group>
      <Text size="xs" c="dimmed">
        Lead II, the first 10 s, standardised. The paper uses 500 Hz; 100 Hz learns five times faster.
      </Text>
    </Stack>
  );
}
