import { Button, Group, Paper, Progress, Select, Stack, Text, Title } from "@mantine/core";
import { IconDownload, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useLiveQuery } from "dexie-react-hooks";
import { useState } from "react";
import { useStore } from "zustand";
import type { TrainingDescription } from "../../../services/training/describing.ts";
import type { StoredExperiment, StoredRun } from "../../../storage/database.ts";
import { findExperiment } from "../../../storage/experiments.ts";
import { findRun, runsNamed } from "../../../storage/runs.ts";
import { formatDuration } from "../../format.ts";
import { saveFile } from "../../saveFile.ts";
import { experiment, experimentActions } from "../../state/experiment.ts";
import { reported } from "../../state/report.ts";
import { training } from "../../state/training.ts";
import { workers } from "../../workers.ts";
import { CellGrid } from "./CellGrid.tsx";
import { GainPanel } from "./GainPanel.tsx";
import { SearchPanel } from "./SearchPanel.tsx";
import { metricChoices, TablePanel } from "./TablePanel.tsx";

/** The experiment on the page: its cells as they are computed, its tables, its figure. */
export function ExperimentPanel({ description }: { readonly description: TrainingDescription }) {
  const { shown } = useStore(experiment);
  const found = useLiveQuery(async () => (shown === null ? null : findExperiment(shown)), [shown]) ?? null;
  const runs = useLiveQuery(async () => (found === null ? [] : runsNamed(found.runs)), [found]) ?? [];
  const [metric, setMetric] = useState<(typeof metricChoices)[number]["value"]>("f1");
  const [positives, setPositives] = useState<number | null>(null);
  if (found === null) return <Welcome />;
  const sizes = found.specification.positives;
  const size = sizes.includes(positives) ? positives : sizes[0];
  const finished = runs.filter(({ result }) => result !== null).length;
  return (
    <Stack gap="md" data-testid="experiment" data-finished={finished} data-total={found.runs.length}>
      <Paper withBorder p="md">
        <ExperimentHead found={found} runs={runs} />
      </Paper>
      {found.specification.search !== undefined && <SearchPanel found={found} description={description} />}
      <Group gap="md" align="flex-end">
        <Select
          size="xs"
          label="Measure"
          allowDeselect={false}
          value={metric}
          data={[...metricChoices]}
          onChange={(value) => value !== null && setMetric(value as typeof metric)}
        />
        {sizes.length > 1 && (
          <Select
            size="xs"
            label="Positives at most"
            allowDeselect={false}
            value={String(size)}
            data={sizes.map((each) => ({ value: String(each), label: each === null ? "all" : String(each) }))}
            onChange={(value) => setPositives(value === "null" ? null : Number(value))}
          />
        )}
        <ExportButtons found={found} metric={metric} positives={size} />
      </Group>
      {found.specification.tasks.map((task) => (
        <TablePanel
          key={task}
          experimentId={found.id}
          task={task}
          metric={metric}
          positives={size}
          finished={finished}
          description={description}
        />
      ))}
      {sizes.length > 1 && (
        <GainPanel experimentId={found.id} metric={metric} finished={finished} description={description} />
      )}
    </Stack>
  );
}

function Welcome() {
  return (
    <Paper withBorder p="lg">
      <Title order={2} size="h4" mb="xs">
        The paper's tables, on your recordings
      </Title>
      <Text size="sm" maw={680}>
        Each architecture is trained on real recordings, on synthetic ones, and on the one after the other,
        several times with different divisions. Every training is kept: stop, reload, go on; nothing is
        computed twice. The tables say what the numbers can bear, and nothing is called better whose interval
        holds zero.
      </Text>
    </Paper>
  );
}

function ExperimentHead({
  found,
  runs,
}: {
  readonly found: StoredExperiment;
  readonly runs: readonly StoredRun[];
}) {
  const { running } = useStore(experiment);
  const { running: trained, progress } = useStore(training);
  const isRunning = running === found.id;
  const isSearching = found.specification.search !== undefined && found.specification.found === undefined;
  const open = runs.filter(
    (run) => run.result === null && run.state !== "diverged" && !found.skipped.includes(run.id),
  );
  const finished = runs.filter(({ result }) => result !== null);
  const secondsLeft = timeLeft(finished, open);
  const current = useLiveQuery(async () => (trained === null ? null : findRun(trained)), [trained]) ?? null;
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4">
          {found.specification.name}
        </Title>
        {isRunning ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={16} />}
            onClick={() => experimentActions.stop()}
          >
            Stop
          </Button>
        ) : (
          <Button
            variant="light"
            leftSection={<IconPlayerPlay size={16} />}
            disabled={trained !== null || (open.length === 0 && !isSearching)}
            onClick={() => reported(experimentActions.compute(found.id))}
          >
            {isSearching ? "Go on searching" : open.length === 0 ? "All computed" : "Compute the rest"}
          </Button>
        )}
      </Group>
      <Progress
        value={(100 * finished.length) / Math.max(1, found.runs.length)}
        size="sm"
        aria-label="Cells computed"
      />
      <Text size="xs" c="dimmed" data-testid="experiment-progress">
        {isSearching
          ? "Searching for hyper-parameters; the trainings come after"
          : `${finished.length} of ${found.runs.length} trainings computed`}
        {secondsLeft !== null && open.length > 0 && ` · about ${formatDuration(secondsLeft)} left`}
        {isRunning && current !== null && ` · now ${current.name}`}
        {isRunning && progress?.backend != null && ` on ${progress.backend.name}`}
      </Text>
      <Text size="xs" c="dimmed">
        {found.specification.real === null
          ? "Everything here is synthetic, the test recordings too."
          : `Real recordings: ${found.specification.real.name}, ${found.specification.real.members.length} records, ${found.specification.real.byPatient ? "every patient on one side" : "patients may stand on both sides"}.`}
      </Text>
      <CellGrid found={found} runs={runs} trained={trained} />
    </Stack>
  );
}

/** By the time of finished trainings of the same architecture, or of all. */
function timeLeft(finished: readonly StoredRun[], open: readonly StoredRun[]): number | null {
  if (finished.length === 0) return null;
  const meanOf = (runs: readonly StoredRun[]) =>
    runs.reduce((sum, { seconds }) => sum + seconds, 0) / runs.length;
  return open.reduce((sum, { cell }) => {
    const like = finished.filter((run) => run.cell.architecture === cell.architecture);
    return sum + meanOf(like.length > 0 ? like : finished);
  }, 0);
}

const formats = [
  { format: "csv", label: "CSV", type: "text/csv" },
  { format: "json", label: "JSON", type: "application/json" },
  { format: "latex", label: "LaTeX", type: "application/x-tex" },
] as const;

const extensions = { csv: "csv", json: "json", latex: "tex" } as const;

function ExportButtons({
  found,
  metric,
  positives,
}: {
  readonly found: StoredExperiment;
  readonly metric: (typeof metricChoices)[number]["value"];
  readonly positives: number | null;
}) {
  const name = found.specification.name.replaceAll(/[^\w.-]+/g, "_");
  const save = async (format: (typeof formats)[number]) => {
    const text = await workers.training.exportTables(found.id, { metric, positives }, format.format);
    saveFile(`${name}.${metric}.${extensions[format.format]}`, format.type, [text]);
  };
  return (
    <Group gap="xs">
      {formats.map((format) => (
        <Button
          key={format.format}
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => reported(save(format))}
        >
          {format.label}
        </Button>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} />}
        onClick={() =>
          saveFile(`${name}.experiment.json`, "application/json", [
            `${JSON.stringify(found.specification, null, 2)}\n`,
          ])
        }
      >
        Specification
      </Button>
    </Group>
  );
}
