import { Accordion, Group, Select, Stack, Text, useComputedColorScheme } from "@mantine/core";
import { useStore } from "zustand";
import type { Schema } from "../../../domain/schema.ts";
import { SchemaForm } from "../../controls/SchemaForm.tsx";
import { waveColour } from "../../plots/theme.ts";
import { simulatorsNow } from "../../state/simulators.ts";
import { actions, pictureOf, schemaFor, workbench } from "../../state/store.ts";
import type { ControlGroup } from "../../state/view.ts";
import { SeedControls } from "./SeedControls.tsx";
import classes from "./synthesise.module.css";

/** Sections of a simulator's schema and the group of controls that each belongs to. */
const sections: readonly {
  readonly section: string;
  readonly group: ControlGroup;
  readonly wave?: string;
}[] = [
  { section: "Rhythm", group: "rhythm" },
  { section: "P wave", group: "waves", wave: "P" },
  { section: "Q wave", group: "waves", wave: "Q" },
  { section: "R wave", group: "waves", wave: "R" },
  { section: "S wave", group: "waves", wave: "S" },
  { section: "T wave", group: "waves", wave: "T" },
  { section: "Timing", group: "timing" },
  { section: "Noise and baseline", group: "noise" },
  { section: "Method", group: "method" },
];

const openAtFirst = ["Rhythm", "P wave", "Q wave", "R wave", "S wave", "T wave", "Timing"];

/** All controls of the synthetic recording, in the order in which a recording is made. */
export function Controls() {
  const schema = useStore(workbench, (state) => schemaFor(pictureOf(state)));
  const hidden = useStore(workbench, (state) => state.hidden);
  const shown = sections.filter(
    ({ section, group }) => !hidden.includes(group) && hasFields(schema, section),
  );
  return (
    <Stack gap="xs" className={classes.controls}>
      <Choosers />
      <Accordion
        multiple
        defaultValue={openAtFirst.map(idOf)}
        chevronPosition="right"
        classNames={{ content: classes.section }}
      >
        {shown.map(({ section, wave }) => (
          <Accordion.Item key={section} value={idOf(section)}>
            <Accordion.Control classNames={{ label: classes.sectionLabel }}>
              <Group gap={8} wrap="nowrap">
                {wave !== undefined && <Swatch wave={wave} />}
                <Text size="sm" fw={600}>
                  {section}
                </Text>
                <ChangedCount schema={schema} section={section} />
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <SchemaForm
                schema={schema}
                useOverride={useOverride}
                section={section}
                showAdvanced={!hidden.includes("variation")}
                advancedTitle="Variation"
                onChange={changeOne}
                onReset={resetOne}
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {!hidden.includes("seed") && <SeedControls />}
    </Stack>
  );
}

/** The accordion makes element ids of its values, and those may hold no space. */
const idOf = (section: string) => section.replaceAll(" ", "-").toLowerCase();
const useOverride = (name: string) => useStore(workbench, (state) => pictureOf(state).overrides[name]);
const changeOne = (name: string, value: number | string | boolean) => actions.setValues({ [name]: value });
const resetOne = (name: string) => actions.reset([name]);

function hasFields(schema: Schema, section: string): boolean {
  return Object.values(schema).some((field) => field.section === section);
}

function Swatch({ wave }: { readonly wave: string }) {
  const scheme = useComputedColorScheme("light");
  return (
    <span className={classes.swatch} style={{ background: waveColour(wave, scheme).stroke }} aria-hidden />
  );
}

function ChangedCount({ schema, section }: { readonly schema: Schema; readonly section: string }) {
  const changed = useStore(
    workbench,
    (state) =>
      Object.keys(pictureOf(state).overrides).filter((key) => schema[key]?.section === section).length,
  );
  return changed === 0 ? null : (
    <Text size="xs" c="dimmed">
      {changed} changed
    </Text>
  );
}

function Choosers() {
  const hidden = useStore(workbench, (state) => state.hidden);
  const simulator = useStore(workbench, (state) => pictureOf(state).simulator);
  const preset = useStore(workbench, (state) => pictureOf(state).preset);
  const rhythm = useStore(workbench, (state) => pictureOf(state).rhythm);
  const simulators = simulatorsNow();
  const described = simulators[simulator];
  const presetNow = described.presets.find((option) => option.value === preset);
  const rhythmNow = described.rhythms.find((option) => option.value === rhythm);
  return (
    <Stack gap={8}>
      {!hidden.includes("simulator") && (
        <Group align="flex-start" gap="xs" wrap="nowrap">
          <Select
            flex={1.5}
            size="sm"
            label="Simulator"
            allowDeselect={false}
            value={simulator}
            data={Object.entries(simulators).map(([value, { title }]) => ({ value, label: title }))}
            onChange={(next) => {
              if (next === null || next === simulator) return;
              const chosen = simulators[next];
              const sameRhythm = chosen.rhythms.some((option) => option.value === rhythm);
              actions.chooseSimulator(
                next,
                chosen.presets[0].value,
                sameRhythm ? rhythm : chosen.rhythms[0].value,
              );
            }}
          />
          <Select
            flex={1}
            size="sm"
            label="Preset"
            allowDeselect={false}
            value={preset}
            data={described.presets.map(({ value, label }) => ({ value, label }))}
            onChange={(next) => next !== null && next !== preset && actions.choosePreset(next)}
          />
        </Group>
      )}
      {!hidden.includes("simulator") && presetNow !== undefined && (
        <Text size="xs" c="dimmed">
          {presetNow.description}
        </Text>
      )}
      {!hidden.includes("rhythm") && (
        <>
          <Select
            size="sm"
            label="Rhythm"
            allowDeselect={false}
            value={rhythm}
            data={described.rhythms.map(({ value, label }) => ({ value, label }))}
            onChange={(next) => next !== null && next !== rhythm && actions.chooseRhythm(next)}
          />
          {rhythmNow !== undefined && (
            <Text size="xs" c="dimmed">
              {rhythmNow.description}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
