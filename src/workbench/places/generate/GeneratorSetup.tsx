import { Accordion, Button, Group, NumberInput, SegmentedControl, Select, Stack } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useStore } from "zustand";
import type { GeneratedForm } from "../../../domain/generation.ts";
import type { DescribedGenerator } from "../../../generators/generator.ts";
import type { BackendName } from "../../../neural/backend/backends.ts";
import { SchemaForm } from "../../controls/SchemaForm.tsx";
import { TrainingSelect } from "../../controls/TrainingSelect.tsx";
import { askedOf, generation, generationActions, learnedSourceOf } from "../../state/generation.ts";
import { reported } from "../../state/report.ts";
import { trainingOf } from "../../state/trainingChoice.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import layout from "../train/train.module.css";
import { ClassChoice } from "./ClassChoice.tsx";
import { FilterSelect } from "./FilterSelect.tsx";
import { LearnedSource } from "./LearnedSource.tsx";
import { PatientSetup } from "./PatientSetup.tsx";

const formWords: Readonly<Record<GeneratedForm, string>> = {
  beats: "Beats",
  recordings: "Ten seconds",
};

/** What is to be generated, from what, by which networks. */
export function GeneratorSetup({
  models,
}: {
  readonly models: Readonly<Record<string, DescribedGenerator>>;
}) {
  const draft = useStore(generation, (state) => state.draft);
  const isBusy = useStore(generation, (state) => state.running !== null);
  const model = models[draft.model];
  const { form, classes } = askedOf(draft, model);
  const counted = useAnswer(
    isBusy ? null : `${form} ${draft.source} ${draft.wholeCohort}`,
    async () => ({
      form,
      counts: await workers.training.countSource(await learnedSourceOf(draft, form), form),
    }),
    true,
  );
  // What is kept while another source is counted may be of the other form.
  const counts = counted?.form === form ? counted.counts : null;
  const choose = (chosen: readonly string[]) =>
    generationActions.draft({ classes: { ...draft.classes, [form]: chosen }, patient: null });
  const sections = [...new Set(Object.values(model.hyperparameters).map(({ section }) => section))];
  const lacksSignals =
    counts !== null && classes.some((name) => (counts.find((each) => each.name === name)?.count ?? 0) < 2);
  const lacksPatient = model.isPersonal && draft.patient === null;
  return (
    <Stack gap="sm" data-testid="generator-setup">
      <Select
        label="Generator"
        description={`${model.description} ${model.paper}.`}
        allowDeselect={false}
        value={draft.model}
        data={Object.entries(models).map(([value, { title }]) => ({ value, label: title }))}
        onChange={(value) => value !== null && generationActions.choose({ model: value })}
      />
      {model.forms.length > 1 && (
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label="What is generated"
          value={form}
          data={model.forms.map((value) => ({ value, label: formWords[value] }))}
          onChange={(value) => generationActions.choose({ form: value as GeneratedForm })}
        />
      )}
      <LearnedSource form={form} />
      {form === "beats" && <FilterSelect />}
      <ClassChoice
        model={model}
        form={form}
        counts={counts}
        isCounting={counts === null && !isBusy}
        chosen={classes}
        onChange={choose}
      />
      {model.isPersonal && <PatientSetup beatClass={classes[0]} />}
      {model.isTrained && (
        <TrainingSelect
          training={trainingOf(draft)}
          offered={model.trainings[form]}
          onChange={generationActions.setTraining}
        />
      )}
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
          <Accordion.Control>Signals and computation</Accordion.Control>
          <Accordion.Panel>
            <ComputationFields />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <div className={layout.start}>
        <Button
          fullWidth
          leftSection={<IconPlayerPlay size={16} />}
          disabled={isBusy || lacksPatient || lacksSignals}
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

function ComputationFields() {
  const draft = useStore(generation, (state) => state.draft);
  return (
    <Stack gap="xs">
      <NumberInput
        size="xs"
        label="Of each class at most"
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
