import { Accordion, Badge, Group, Paper, Progress, Select, Stack, Table, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useState } from "react";
import { settingTitles } from "../../../../domain/experiment.ts";
import type { SearchState } from "../../../../experiments/search/search.ts";
import type { CompleteTrial } from "../../../../experiments/search/trial.ts";
import type { TrainingDescription } from "../../../../services/training/describing.ts";
import { searchesNamed } from "../../../../storage/searches.ts";
import type { StoredExperiment, StoredSearch } from "../../../../storage/trainings.ts";
import { formatDuration } from "../../../format.ts";
import { Plot } from "../../../plots/Plot.tsx";
import { searchFigure } from "../../../plots/searchFigure.ts";
import { usePlotScheme } from "../../../plots/usePlotScheme.ts";

/** The searches of an experiment: how far they are, what they tried, what they found. */
export function SearchPanel({
  found,
  description,
}: {
  readonly found: StoredExperiment;
  readonly description: TrainingDescription;
}) {
  const searches = useLiveQuery(() => searchesNamed(found.searches ?? []), [found.searches]) ?? [];
  const { tasks, architectures, settings } = found.specification;
  const total = tasks.length * architectures.length * settings.length;
  return (
    <Paper withBorder p="md" component="section" aria-label="Hyper-parameter search" data-testid="searches">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Hyper-parameters searched
        </Title>
        <Text size="xs" c="dimmed">
          {searches.filter(hasEnded).length} of {total} searches ended
        </Text>
      </Group>
      <Text size="xs" c="dimmed" maw={680} mb="xs">
        By a tree-structured Parzen estimator with median pruning, on a split of its own: each trial trains
        half as long, and the smallest validation loss wins. The test recordings stay unseen.
      </Text>
      <Accordion variant="separated" chevronSize={16}>
        {searches.map((search) => (
          <Accordion.Item key={search.id} value={search.id}>
            <Accordion.Control>
              <SearchHead search={search} description={description} />
            </Accordion.Control>
            <Accordion.Panel>
              <SearchDetails search={search} description={description} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Paper>
  );
}

/** The database keeps the state as plain JSON. */
const stateOf = (search: StoredSearch) => search.state as SearchState;

/** Share of the budget that is spent. */
function spentOf(search: StoredSearch): number {
  const { plan, trials, minutes } = stateOf(search);
  return Math.min(
    1,
    Math.max(
      plan.budget.trials === undefined ? 0 : trials.length / plan.budget.trials,
      plan.budget.minutes === undefined ? 0 : minutes / plan.budget.minutes,
    ),
  );
}

const hasEnded = (search: StoredSearch) => spentOf(search) >= 1;

function bestOf(search: StoredSearch): CompleteTrial | null {
  return stateOf(search).trials.reduce<CompleteTrial | null>(
    (best, trial) =>
      trial.outcome === "complete" && (best === null || trial.value < best.value) ? trial : best,
    null,
  );
}

function SearchHead({
  search,
  description,
}: {
  readonly search: StoredSearch;
  readonly description: TrainingDescription;
}) {
  const { trials, minutes, plan } = stateOf(search);
  const { task, architecture, setting } = search.cell;
  const pruned = trials.filter(({ outcome }) => outcome === "pruned").length;
  const failed = trials.filter(({ outcome }) => outcome === "failed").length;
  const best = bestOf(search);
  return (
    <Stack gap={4} pr="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {description.tasks[task].short} · {description.architectures[architecture].title} ·{" "}
          {settingTitles[setting]}
        </Text>
        <Group gap={6}>
          {best !== null && (
            <Badge size="sm" variant="light" color="teal" tt="none">
              loss {best.value.toFixed(4)}
            </Badge>
          )}
          <Text size="xs" c="dimmed" data-testid="search-progress">
            {trials.length}
            {plan.budget.trials === undefined ? "" : ` of ${plan.budget.trials}`} trials
            {pruned > 0 && `, ${pruned} pruned`}
            {failed > 0 && `, ${failed} failed`} · {formatDuration(60 * minutes)}
          </Text>
        </Group>
      </Group>
      <Progress size="xs" value={100 * spentOf(search)} aria-label="Budget spent" />
    </Stack>
  );
}

function SearchDetails({
  search,
  description,
}: {
  readonly search: StoredSearch;
  readonly description: TrainingDescription;
}) {
  const scheme = usePlotScheme();
  const [parameter, setParameter] = useState<string | null>(null);
  const state = stateOf(search);
  const schema = {
    ...description.architectures[search.cell.architecture].hyperparameters,
    ...description.training,
  };
  const keys = Object.keys(state.plan.space);
  const best = bestOf(search);
  const title = parameter === null ? "Trial" : schema[parameter].label;
  return (
    <Stack gap="sm">
      <Select
        size="xs"
        maw={240}
        label="Drawn over"
        allowDeselect={false}
        value={parameter ?? ""}
        data={[
          { value: "", label: "Trial" },
          ...keys.map((key) => ({ value: key, label: schema[key].label })),
        ]}
        onChange={(value) => setParameter(value === "" ? null : value)}
      />
      <Plot
        figure={searchFigure(state, { parameter, title }, scheme)}
        height={260}
        interactive
        label={`Validation loss of ${state.trials.length} trials over ${title.toLowerCase()}`}
      />
      <Table verticalSpacing={2} maw={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Parameter</Table.Th>
            <Table.Th>Best value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key}>
              <Table.Td>{schema[key].label}</Table.Td>
              <Table.Td>{best === null ? "–" : valueText(best.values[key])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

const valueText = (value: number | string | boolean) =>
  typeof value === "number" ? String(Number(value.toPrecision(3))) : String(value);
