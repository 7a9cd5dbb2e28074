import { Alert, Badge, Button, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { TrainingDescription } from "../../../services/training/describing.ts";
import type { RunProgress } from "../../../services/training/running.ts";
import type { StoredRun } from "../../../storage/trainings.ts";
import { formatBytes, formatCount, formatDuration } from "../../format.ts";
import { Plot } from "../../plots/Plot.tsx";
import { trainingFigure } from "../../plots/trainingFigure.ts";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { reported } from "../../state/report.ts";
import { training, trainingActions } from "../../state/training.ts";
import { ResultPanel } from "./ResultPanel.tsx";
import { Tile } from "./Tile.tsx";
import classes from "./train.module.css";
import { stateWords, useRun } from "./useRuns.ts";

/** The run on the page: how it learns, what it computes with, and in the end what it decides. */
export function RunPanel({ description }: { readonly description: TrainingDescription }) {
  const { shown, compared, running, progress } = useStore(training);
  const run = useRun(shown);
  const other = useRun(compared);
  if (run === null) return <Welcome />;
  const live = running === run.id && progress?.id === run.id ? progress : null;
  return (
    <Stack gap="md" data-testid="run" data-state={running === run.id ? "running" : run.state}>
      <Paper withBorder p="md">
        <RunHead run={run} live={live} isRunning={running === run.id} />
        <LossPlot run={run} live={live} other={other} />
        {live !== null && <LiveNumbers live={live} />}
      </Paper>
      {run.result !== null && (
        <ResultPanel
          key={run.id}
          run={run}
          result={run.result}
          title={description.tasks[run.cell.task].title}
        />
      )}
    </Stack>
  );
}

function Welcome() {
  return (
    <Paper withBorder p="lg" data-testid="run-welcome">
      <Title order={2} size="h4" mb="xs">
        Watch a network learn an arrhythmia
      </Title>
      <Text size="sm" maw={640}>
        Press Train: a recurrent network learns atrial fibrillation from synthetic recordings in less than a
        minute. Its loss appears here while it falls; stop it, close the tab, come back, and it goes on where
        it was. When it has learned you can move its threshold, look at the recordings that it gets wrong, and
        see where it looked.
      </Text>
    </Paper>
  );
}

function RunHead({
  run,
  live,
  isRunning,
}: {
  readonly run: StoredRun;
  readonly live: RunProgress | null;
  readonly isRunning: boolean;
}) {
  const stopping = useStore(training, (state) => state.stopping);
  const busy = useStore(training, (state) => state.running !== null);
  const words = isRunning ? stateWords.running : interrupted(run);
  const canResume = !isRunning && run.result === null && run.state !== "diverged";
  const notes = live?.notes ?? run.notes;
  return (
    <Stack gap={8}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h4">
            {run.name}
          </Title>
          <Group gap={8} mt={2}>
            <Badge color={words.colour} variant="light" data-testid="run-state">
              {words.title}
            </Badge>
            <Text size="xs" c="dimmed" data-testid="run-backend">
              {backendWords(run, live)}
            </Text>
          </Group>
        </div>
        {isRunning && (
          <Button
            color="gray"
            variant="default"
            leftSection={<IconPlayerStop size={16} />}
            loading={stopping}
            onClick={() => trainingActions.stop()}
          >
            Stop
          </Button>
        )}
        {canResume && (
          <Button
            variant="light"
            leftSection={<IconPlayerPlay size={16} />}
            disabled={busy}
            onClick={() => reported(trainingActions.resume(run.id))}
          >
            {run.phases.length > 0 ? "Resume" : "Start"}
          </Button>
        )}
      </Group>
      {isRunning && <ProgressLine live={live} />}
      {run.message !== "" && (
        <Alert color={run.state === "diverged" ? "red" : "yellow"} p="xs">
          <Text size="sm">{run.message}</Text>
        </Alert>
      )}
      {notes.map((note) => (
        <Text key={note} size="xs" c="dimmed">
          {note}
        </Text>
      ))}
    </Stack>
  );
}

/** A run that nobody runs and that says it runs was cut off. */
const interrupted = (run: StoredRun) =>
  run.state === "running" ? { title: "Interrupted, can go on", colour: "yellow" } : stateWords[run.state];

function backendWords(run: StoredRun, live: RunProgress | null): string {
  const backend = live?.backend ?? run.backend;
  if (backend === null) return "choosing what computes …";
  return `${backend.name} · ${backend.adapter}`;
}

const doingWords = {
  preparing: "Preparing recordings",
  training: "Learning",
  sampling: "Drawing synthetic signals",
  testing: "Testing",
} as const;

function ProgressLine({ live }: { readonly live: RunProgress | null }) {
  const phase = live?.phases.at(-1);
  const share = phase === undefined || live === null ? 0 : live.position / phase.totalSteps;
  const activity = live?.activity ?? null;
  const kind = activity === null ? "" : activity.phase === "synthetic" ? "synthetic: " : "real: ";
  const doing = activity === null ? "Starting" : `${kind}${doingWords[activity.doing].toLowerCase()}`;
  return (
    <div>
      <Progress value={100 * share} size="sm" aria-label="Training" />
      <Text size="xs" c="dimmed" mt={4} data-testid="run-progress">
        {doing}
        {phase !== undefined &&
          live !== null &&
          ` · epoch ${Math.floor(live.position / phase.stepsPerEpoch)} of at most ${phase.totalSteps / phase.stepsPerEpoch}`}
        {live?.secondsLeft != null && ` · at most ${formatDuration(live.secondsLeft)} left in this phase`}
      </Text>
    </div>
  );
}

function LiveNumbers({ live }: { readonly live: RunProgress }) {
  const validation = live.phases.at(-1)?.validations.at(-1);
  return (
    <div className={classes.tiles}>
      <Tile
        value={live.stepsPerSecond === null ? "…" : live.stepsPerSecond.toPrecision(3)}
        name="steps a second"
      />
      <Tile value={formatCount(live.position)} name="steps" />
      {validation?.f1 != null && <Tile value={validation.f1.toFixed(3)} name="validation F1 at 0.5" />}
      {validation?.auprc != null && <Tile value={validation.auprc.toFixed(3)} name="validation AUPRC" />}
      <Tile value={formatBytes(live.bytes)} name="in tensors" />
      <Tile value={formatCount(live.tensors)} name="tensors" />
    </div>
  );
}

function LossPlot({
  run,
  live,
  other,
}: {
  readonly run: StoredRun;
  readonly live: RunProgress | null;
  readonly other: StoredRun | null;
}) {
  const scheme = usePlotScheme();
  const phases = live?.phases ?? run.phases;
  const figure = useMemo(() => {
    const curves = [{ name: "shown", phases }];
    return trainingFigure(
      other === null ? curves : [...curves, { name: "compared", phases: other.phases }],
      scheme,
    );
  }, [phases, other, scheme]);
  if (phases.length === 0) return null;
  const steps = phases.reduce((sum, { losses }) => sum + losses.length, 0);
  return (
    <Plot
      figure={figure}
      height={280}
      interactive
      label={`Loss over epochs, ${formatCount(steps)} steps, ${phases.at(-1)?.validations.length ?? 0} validations`}
    />
  );
}
