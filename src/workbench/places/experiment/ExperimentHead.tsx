import { Alert, Button, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import type { RunProgress } from "../../../services/training/running.ts";
import { isOfRealSynthetic } from "../../../storage/experiments.ts";
import { findRun } from "../../../storage/runs.ts";
import type { AnyExperiment, AnyRun } from "../../../storage/trainings.ts";
import { formatCount, formatDuration } from "../../format.ts";
import { experiment, experimentActions } from "../../state/experiment.ts";
import { reported } from "../../state/report.ts";
import { training } from "../../state/training.ts";
import { CellGrid } from "./CellGrid.tsx";
import type { ProtocolView } from "./protocols.ts";

/** How far an experiment is, with its cells, and the way to go on or to stop. */
export function ExperimentHead({
  found,
  runs,
  view,
}: {
  readonly found: AnyExperiment;
  readonly runs: readonly AnyRun[];
  readonly view: ProtocolView;
}) {
  const { running } = useStore(experiment);
  const { running: trained, progress } = useStore(training);
  const isRunning = running === found.id;
  const isSearching = isOfRealSynthetic(found) && isOpenSearch(found.specification);
  const open = runs.filter(
    (run) => run.result === null && run.state !== "diverged" && !found.skipped.includes(run.id),
  );
  const finished = runs.filter(({ result }) => result !== null);
  const secondsLeft = timeLeft(finished, open, view);
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
      {isRunning && progress !== null && <CellProgress progress={progress} />}
      <Text size="xs" c="dimmed">
        {view.dataInWords(found.specification)}
      </Text>
      <CellGrid found={found} runs={runs} trained={trained} view={view} />
      <Failures runs={runs} />
    </Stack>
  );
}

const isOpenSearch = ({ search, found }: { readonly search?: unknown; readonly found?: unknown }) =>
  search !== undefined && found === undefined;

/** Where the training at hand is. */
function CellProgress({ progress }: { readonly progress: RunProgress }) {
  const { activity, phases, position, secondsLeft } = progress;
  const phase = phases.at(-1);
  const isTraining = activity?.doing === "training" && phase !== undefined && phase.phase === activity.phase;
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress
        value={isTraining ? (100 * position) / Math.max(1, phase.totalSteps) : 0}
        size="xs"
        color="gray"
        flex={1}
        aria-label="Training at hand"
      />
      <Text size="xs" c="dimmed" data-testid="cell-progress">
        {activity === null
          ? "beginning"
          : isTraining
            ? `${phaseTitles[activity.phase] ?? activity.phase}: step ${formatCount(position)} of at most ${formatCount(phase.totalSteps)}`
            : activity.doing}
        {isTraining && secondsLeft !== null && `, ${formatDuration(secondsLeft)} left at most`}
      </Text>
    </Group>
  );
}

/** Trainings of a cell, for people. */
const phaseTitles: Readonly<Record<string, string>> = {
  synthetic: "on synthetic recordings",
  real: "on real recordings",
  base: "on real beats",
  generator: "the generator",
  added: "on real and added beats",
  before: "on synthetic signals",
  training: "the classifier",
  alone: "on synthetic beats alone",
};

/** Trainings that ended without a result, with the reason. */
function Failures({ runs }: { readonly runs: readonly AnyRun[] }) {
  const failed = runs.filter(({ state }) => state === "diverged" || state === "deviceLost");
  if (failed.length === 0) return null;
  return (
    <Alert
      color="red"
      p="xs"
      title={`${failed.length} ${failed.length === 1 ? "training" : "trainings"} ended without a result`}
    >
      {failed.slice(0, 3).map(({ id, name, message }) => (
        <Text key={id} size="xs">
          {name}: {message}
        </Text>
      ))}
    </Alert>
  );
}

/** By the time of finished trainings of the same kind, or of all. */
function timeLeft(finished: readonly AnyRun[], open: readonly AnyRun[], view: ProtocolView): number | null {
  if (finished.length === 0) return null;
  const times = new Map<string, number[]>();
  for (const { cell, seconds } of finished) {
    for (const likeness of [...view.likenesses(cell), ""]) {
      times.set(likeness, [...(times.get(likeness) ?? []), seconds]);
    }
  }
  const meanOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  return open.reduce((sum, { cell }) => {
    const known = [...view.likenesses(cell), ""].find((likeness) => times.has(likeness)) ?? "";
    return sum + meanOf(times.get(known) ?? [0]);
  }, 0);
}
