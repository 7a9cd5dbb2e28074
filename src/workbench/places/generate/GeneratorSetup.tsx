import {
  Accordion,
  Alert,
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
import { type BeatClass, beatClasses } from "../../../domain/libraryRecord.ts";
import type { GeneratorDescription } from "../../../generators/generator.ts";
import type { BackendName } from "../../../neural/backend/backends.ts";
import { SchemaForm } from "../../controls/SchemaForm.tsx";
import { formatCount } from "../../format.ts";
import { beatSourceOf, generation, generationActions } from "../../state/generation.ts";
import { reported } from "../../state/report.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import layout from "../train/train.module.css";

const classWords: Readonly<Record<BeatClass, string>> = {
  N: "normal",
  S: "supraventricular ectopic",
  V: "ventricular ectopic",
  F: "fusion",
  Q: "unknown",
};

/** What is to be generated, from what, by which networks. */
export function GeneratorSetup({
  models,
}: {
  readonly models: Readonly<Record<string, GeneratorDescription>>;
}) {
  const draft = useStore(generation, (state) => state.draft);
  const isBusy = useStore(generation, (state) => state.running !== null);
  const model = models[draft.model];
  const cohorts = useAnswer("cohorts", () => workers.records.listCohorts());
  const counts = useAnswer(
    isBusy ? null : draft.source,
    async () => workers.training.countSource(await beatSourceOf(draft.source), "beats"),
    true,
  );
  const sections = [...new Set(Object.values(model.hyperparameters).map(({ section }) => section))];
  const found = counts?.find(({ name }) => name === draft.beatClass)?.count ?? null;
  const lacksPatient = model.isPersonal && draft.patient === null;
  return (
    <Stack gap="sm" data-testid="generator-setup">
      <Select
        label="Generator"
        description={`${model.description} ${model.paper}.`}
        allowDeselect={false}
        value={draft.model}
        data={Object.entries(models).map(([value, { title }]) => ({ value, label: title }))}
        onChange={(value) => value !== null && generationActions.draft({ model: value })}
      />
      <Select
        label="Learn from the beats of"
        allowDeselect={false}
        value={draft.source}
        data={[
          { value: "virtual", label: "Virtual patients, made here" },
          { value: "library", label: "All records of the library" },
          ...(cohorts ?? []).map(({ id, name }) => ({ value: id, label: `Cohort ${name}` })),
        ]}
        onChange={(value) => value !== null && generationActions.draft({ source: value, patient: null })}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="beat-class">
          Class of beats
        </Text>
        <SegmentedControl
          fullWidth
          size="sm"
          aria-labelledby="beat-class"
          value={draft.beatClass}
          data={beatClasses.filter((name) => name !== "Q").map((value) => ({ value, label: value }))}
          onChange={(value) => generationActions.draft({ beatClass: value as BeatClass, patient: null })}
        />
        <Text size="xs" c="dimmed" mt={4} data-testid="beat-count">
          {classWords[draft.beatClass]}
          {found === null ? "; counting …" : `; ${formatCount(found)} beats found`}
        </Text>
      </div>
      {found !== null && found < 50 && (
        <Alert color="yellow" p="xs">
          <Text size="xs">
            {found < 2 ? "Nothing to learn from." : "So few beats are learned by heart."} Only annotated beats
            have a class.
          </Text>
        </Alert>
      )}
      {model.isPersonal && <PatientSelect />}
      <Group grow gap="xs">
        <NumberInput
          label="Iterations"
          min={1}
          max={100_000}
          step={100}
          allowDecimal={false}
          value={draft.iterations}
          onChange={(value) => generationActions.draft({ iterations: atLeast(1, value) })}
        />
        <NumberInput
          label="Seed"
          min={0}
          max={1_000_000}
          allowDecimal={false}
          value={draft.seed}
          onChange={(value) => generationActions.draft({ seed: atLeast(0, value) })}
        />
      </Group>
      <Accordion variant="separated" multiple chevronSize={16}>
        {sections.map((section) => (
          <Accordion.Item key={section} value={section}>
            <Accordion.Control>{section}</Accordion.Control>
            <Accordion.Panel>
              <SchemaForm
                schema={model.hyperparameters}
                useOverride={useValue}
                section={section}
                showAdvanced
                advancedTitle="More"
                onChange={(name, value) => generationActions.setValue(name, value)}
                onReset={(name) => generationActions.setValue(name, undefined)}
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
        <Accordion.Item value="computation">
          <Accordion.Control>Beats and computation</Accordion.Control>
          <Accordion.Panel>
            <ComputationFields />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <div className={layout.start}>
        <Button
          fullWidth
          leftSection={<IconPlayerPlay size={16} />}
          disabled={isBusy || lacksPatient || (found !== null && found < 2)}
          onClick={() => reported(generationActions.start())}
        >
          {isBusy ? "Training …" : model.isTrained ? "Train the generator" : "Draw beats"}
        </Button>
      </div>
    </Stack>
  );
}

const atLeast = (least: number, value: string | number) =>
  Math.max(least, Math.round(Number(value) || least));

function useValue(name: string) {
  return useStore(generation, ({ draft }) => draft.overrides[draft.model]?.[name]);
}

/** Whose beats a personal generator is made for. */
function PatientSelect() {
  const { source, beatClass, patient } = useStore(generation, (state) => state.draft);
  const patients = useAnswer(`${source} ${beatClass}`, async () =>
    workers.training.patientsOfSource(await beatSourceOf(source), beatClass),
  );
  return (
    <Select
      label="Made for the patient"
      description="Their first fifty beats of the class are its model."
      placeholder={patients === null ? "Looking for patients …" : "Choose one"}
      searchable
      value={patient}
      data={(patients ?? []).map((each) => ({
        value: each.patient,
        label: `${each.patient} (${formatCount(each.count)} beats)`,
      }))}
      onChange={(value) => generationActions.draft({ patient: value })}
    />
  );
}

function ComputationFields() {
  const draft = useStore(generation, (state) => state.draft);
  return (
    <Stack gap="xs">
      <NumberInput
        size="xs"
        label="Beats to learn from at most"
        min={2}
        max={100_000}
        step={500}
        allowDecimal={false}
        value={draft.mostSignals}
        onChange={(value) => generationActions.draft({ mostSignals: atLeast(2, value) })}
      />
      <Select
        size="xs"
        label="Compute with"
        allowDeselect={false}
        value={draft.backend ?? "automatic"}
        data={[
          { value: "automatic", label: "Automatic: the fastest" },
          { value: "webgpu", label: "WebGPU" },
          { value: "webgl", label: "WebGL" },
          { value: "wasm", label: "WebAssembly" },
          { value: "cpu", label: "Plain JavaScript" },
        ]}
        onChange={(value) =>
          generationActions.draft({ backend: value === "automatic" ? null : (value as BackendName) })
        }
      />
    </Stack>
  );
}
