import {
  Button,
  Checkbox,
  Chip,
  Group,
  MultiSelect,
  RangeSlider,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useStore } from "zustand";
import type { RecordQuery } from "../../../../domain/cohort.ts";
import {
  type BeatClass,
  beatClasses,
  type Dataset,
  datasets,
  type Quality,
  qualities,
  type Sex,
} from "../../../../domain/libraryRecord.ts";
import type { Facets } from "../../../../records/library/facets.ts";
import { formatCount } from "../../../format.ts";
import { library, libraryActions } from "../../../state/library.ts";

const oldest = 90;

const classNames: Readonly<Record<BeatClass, string>> = {
  N: "Normal",
  S: "Supraventricular ectopic",
  V: "Ventricular ectopic",
  F: "Fusion",
  Q: "Paced or unknown",
};

/** Everything by which the library can be narrowed; what it does not have is not offered. */
export function Filters({ whole }: { readonly whole: Facets }) {
  const query = useStore(library, (state) => state.query);
  const set = libraryActions.filter;
  const datasetNames = Object.keys(whole.datasets) as Dataset[];
  return (
    <Stack gap="md" component="section" aria-label="Filters">
      <TextInput
        label="Search"
        placeholder="Name, patient, label, report"
        leftSection={<IconSearch size={15} />}
        value={query.text ?? ""}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      {datasetNames.length > 1 && (
        <Checkbox.Group
          label="Database"
          value={[...(query.datasets ?? [])]}
          onChange={(value) => set({ datasets: value as Dataset[] })}
        >
          <Stack gap={6} mt={6}>
            {datasetNames.map((name) => (
              <Checkbox
                key={name}
                size="xs"
                value={name}
                label={`${datasets[name]} (${formatCount(whole.datasets[name] ?? 0)})`}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {whole.labels.length > 0 && (
        <MultiSelect
          label="Any of these labels"
          placeholder={query.labels === undefined ? "All" : ""}
          searchable
          clearable
          value={[...(query.labels ?? [])]}
          data={whole.labels.map(({ label, count }) => ({
            value: label,
            label: `${label} (${formatCount(count)})`,
          }))}
          onChange={(labels) => set({ labels })}
        />
      )}
      <BeatClassFilter query={query} whole={whole} />
      <div>
        <Text size="sm" fw={500} id="sex-filter">
          Sex
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          mt={4}
          aria-labelledby="sex-filter"
          value={query.sexes?.[0] ?? ""}
          data={[
            { value: "", label: "All" },
            { value: "female", label: "Female" },
            { value: "male", label: "Male" },
          ]}
          onChange={(sex) => set({ sexes: sex === "" ? [] : [sex as Sex] })}
        />
      </div>
      <AgeFilter query={query} />
      {whole.folds.length > 0 && (
        <Chip.Group
          multiple
          value={(query.folds ?? []).map(String)}
          onChange={(folds) => set({ folds: folds.map(Number) })}
        >
          <Legend text="Published fold">
            {whole.folds.map((fold) => (
              <Chip key={fold} size="xs" value={String(fold)}>
                {fold}
              </Chip>
            ))}
          </Legend>
        </Chip.Group>
      )}
      <Chip.Group
        multiple
        value={[...(query.qualities ?? [])]}
        onChange={(value) => set({ qualities: value as Quality[] })}
      >
        <Legend text="Signal">
          {qualities.map((quality) => (
            <Chip key={quality} size="xs" value={quality}>
              {quality} ({formatCount(whole.qualities[quality] ?? 0)})
            </Chip>
          ))}
        </Legend>
      </Chip.Group>
      <Switch
        size="sm"
        label="Without paced patients"
        checked={query.withoutPaced ?? false}
        onChange={(event) => set({ withoutPaced: event.currentTarget.checked })}
      />
      <Button
        variant="default"
        size="xs"
        disabled={Object.keys(query).length === 0}
        onClick={libraryActions.clearFilters}
      >
        Clear the filters
      </Button>
    </Stack>
  );
}

function BeatClassFilter({ query, whole }: { readonly query: RecordQuery; readonly whole: Facets }) {
  const present = beatClasses.filter((beatClass) => whole.beats[beatClass] > 0);
  if (present.length === 0) return null;
  return (
    <Chip.Group
      multiple
      value={[...(query.beatClasses ?? [])]}
      onChange={(value) => libraryActions.filter({ beatClasses: value as BeatClass[] })}
    >
      <Legend text="With beats of class">
        {present.map((beatClass) => (
          <Chip key={beatClass} size="xs" value={beatClass} title={classNames[beatClass]}>
            {beatClass}
          </Chip>
        ))}
      </Legend>
    </Chip.Group>
  );
}

function AgeFilter({ query }: { readonly query: RecordQuery }) {
  const { from, to } = query.age ?? { from: 0, to: oldest };
  const changed = (range: readonly [number, number]) =>
    range[0] === 0 && range[1] === oldest ? { age: undefined } : { age: { from: range[0], to: range[1] } };
  return (
    <div>
      <Text size="sm" fw={500}>
        Age {query.age === undefined ? "" : `${from} to ${to === oldest ? "90 and more" : to} years`}
      </Text>
      <RangeSlider
        size="sm"
        mt={8}
        min={0}
        max={oldest}
        step={5}
        minRange={5}
        label={null}
        thumbFromLabel="Youngest, years"
        thumbToLabel="Oldest, years"
        value={[from, to]}
        onChange={(range) => libraryActions.filter(changed(range) as RecordQuery)}
      />
    </div>
  );
}

function Legend({ text, children }: { readonly text: string; readonly children: React.ReactNode }) {
  return (
    <fieldset style={{ border: "none", padding: 0, margin: 0 }}>
      <Text component="legend" size="sm" fw={500} mb={6} p={0}>
        {text}
      </Text>
      <Group gap={6}>{children}</Group>
    </fieldset>
  );
}
