import { Alert, Badge, Button, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useLiveQuery } from "dexie-react-hooks";
import { useState } from "react";
import { useStore } from "zustand";
import { learnedWords } from "../../../domain/generation.ts";
import type { GeneratorDescription } from "../../../generators/generator.ts";
import type { StoredGeneration } from "../../../storage/database.ts";
import { findGeneration } from "../../../storage/generations.ts";
import { formatBytes, formatCount, formatDuration } from "../../format.ts";
import {
  accuracyFigure,
  adversarialLossFigure,
  gradientFigure,
  type MeasuredCurve,
  perplexityFigure,
} from "../../plots/adversarialFigure.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { askedOf, type FollowedGeneration, generation, generationActions } from "../../state/generation.ts";
import { reported } from "../../state/report.ts";
import { stateWords } from "../train/useRuns.ts";
import classes from "./generate.module.css";
import { HeartPanel } from "./HeartPanel.tsx";
import { LatentPanel } from "./LatentPanel.tsx";
import { OutputPanel } from "./OutputPanel.tsx";
import { ReconstructionPanel } from "./ReconstructionPanel.tsx";
import { SamplingPanel } from "./SamplingPanel.tsx";
import { SignalFilm } from "./SignalFilm.tsx";

/** The generator on the page: how it learns, what it makes, and what lies in its latent space. */
export function GenerationPanel({
  models,
}: {
  readonly models: Readonly<Record<string, GeneratorDescription>>;
}) {
  const { shown, running, progress } = useStore(generation);
  /** The moment of the training that is looked at; null follows the newest. */
  const [at, setAt] = useState<number | null>(null);
  const [lastShown, setLastShown] = useState(shown);
  if (lastShown !== shown) {
    setLastShown(shown);
    setAt(null);
  }
  const found = useLiveQuery(async () => (shown === null ? null : findGeneration(shown)), [shown]) ?? null;
  if (found === null) return <Welcome models={models} />;
  const isRunning = running === found.id;
  const live = isRunning && progress?.id === found.id ? progress : null;
  const record = live ?? found.progress;
  const isOver = found.state === "finished" && !isRunning;
  const canSample = !isRunning && running === null && found.progress.snapshots.length > 0;
  const model = models[found.specification.model];
  const snapshot = record.snapshots[at ?? record.snapshots.length - 1] ?? record.snapshots.at(-1);
  const isTrained = model?.isTrained !== false;
  return (
    <Stack gap="md" data-testid="generation" data-state={isRunning ? "running" : found.state}>
      <Paper withBorder p="md">
        <Head found={found} live={live} isRunning={isRunning} />
        {record.snapshots.length > 0 && (
          <SignalFilm
            specification={found.specification}
            snapshots={record.snapshots}
            diversities={record.diversities}
            real={found.progress.real}
            realLabels={found.progress.realLabels}
            isLive={isRunning}
            at={at}
            onAt={setAt}
          />
        )}
        {isTrained && record.curve.length > 0 && <Curves measures={record.measures} curve={record.curve} />}
      </Paper>
      {canSample && model?.isStepwise === true && (
        <SamplingPanel key={found.id} found={found} model={model} />
      )}
      {canSample && model?.hasTokens === true && (
        <ReconstructionPanel key={`${found.id} ${found.progress.position}`} found={found} />
      )}
      {canSample && model?.isStepwise !== true && <LatentPanel key={found.id} found={found} />}
      {snapshot !== undefined && model?.isStepwise !== true && found.specification.form === "beats" && (
        <HeartPanel key={`${found.id} heart`} found={found} snapshot={snapshot} />
      )}
      {isOver && model !== undefined && <OutputPanel found={found} model={model} />}
    </Stack>
  );
}

function Welcome({ models }: { readonly models: Readonly<Record<string, GeneratorDescription>> }) {
  const draft = useStore(generation, (state) => state.draft);
  const model = models[draft.model];
  const { form } = askedOf(draft, model);
  const signals = form === "beats" ? "beats" : "recordings";
  return (
    <Paper withBorder p="lg" data-testid="generation-welcome">
      <Title order={2} size="h4" mb="xs">
        Watch a network invent heartbeats
      </Title>
      <Text size="sm" maw={680}>
        {model.isTrained ? (
          <>
            Press <em>Train the generator</em>: {model.title} begins with noise and ends with {signals} like
            those that it learns from. {howItLearns(model, signals)} Its {signals} appear here as they change:
            stop, scrub back, and go on.
          </>
        ) : (
          <>
            Press <em>Draw beats</em>: {model.title} needs no training, and its {signals} appear here at once.
          </>
        )}
      </Text>
    </Paper>
  );
}

function howItLearns(model: GeneratorDescription, signals: string): string {
  if (model.isStepwise === true && model.hasTokens !== true) {
    return `It learns to take a little noise away; step by step, noise becomes ${signals}, which you can watch when it has learned.`;
  }
  if (model.hasTokens === true) {
    return `It learns to write ${signals} as rows of tokens and to guess those that are hidden; you can watch them being filled in when it has learned.`;
  }
  return `One network makes ${signals}, the other tells them from real ones; when the first has learned, you can walk through its latent space.`;
}

function Head({
  found,
  live,
  isRunning,
}: {
  readonly found: StoredGeneration;
  readonly live: FollowedGeneration | null;
  readonly isRunning: boolean;
}) {
  const { stopping, running } = useStore(generation);
  const search = live?.search ?? null;
  const total = search?.of ?? found.specification.iterations;
  const position = search?.done ?? live?.position ?? found.progress.position;
  const isInterrupted = !isRunning && found.state === "running";
  const words = isRunning
    ? stateWords.running
    : isInterrupted
      ? { title: "Interrupted, can go on", colour: "yellow" }
      : stateWords[found.state];
  const canResume = !isRunning && found.state !== "finished" && found.state !== "diverged";
  const notes = live?.notes ?? found.notes;
  const backend = live?.backend ?? found.backend;
  return (
    <Stack gap={8} mb="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h4">
            {found.name}
          </Title>
          <Group gap={8} mt={2}>
            <Badge color={words.colour} variant="light" data-testid="generation-state">
              {words.title}
            </Badge>
            <Text size="xs" c="dimmed">
              {[
                ...(backend === null ? [] : [backend.name, backend.adapter]),
                ...(found.progress.count > 0
                  ? [
                      `${formatCount(found.progress.count)} ${learnedWords(found.specification)}`,
                      `${found.progress.patients} patients`,
                    ]
                  : []),
              ].join(" · ")}
            </Text>
          </Group>
        </div>
        {isRunning && (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={16} />}
            loading={stopping}
            onClick={() => generationActions.stop()}
          >
            Stop
          </Button>
        )}
        {canResume && (
          <Button
            variant="light"
            leftSection={<IconPlayerPlay size={16} />}
            disabled={running !== null}
            onClick={() => reported(generationActions.resume(found.id))}
          >
            Go on
          </Button>
        )}
      </Group>
      {found.message !== "" && (
        <Alert color="red" p="xs">
          {found.message}
        </Alert>
      )}
      {notes.map((note) => (
        <Alert key={note} color="yellow" p="xs">
          <Text size="xs">{note}</Text>
        </Alert>
      ))}
      <Progress
        size="sm"
        value={(100 * position) / total}
        aria-label={
          search === null ? "Iterations done" : "Steps of the network that finds the patient's beats"
        }
      />
      <Text size="xs" c="dimmed" data-testid="generation-progress">
        {search === null
          ? `${formatCount(position)} of ${formatCount(total)} iterations`
          : `Finding the patient's beats: ${formatCount(position)} of ${formatCount(total)} steps of the network that learns from the others`}
        {live?.stepsPerSecond != null && ` · ${live.stepsPerSecond.toFixed(1)} a second`}
        {live?.secondsLeft != null && ` · about ${formatDuration(live.secondsLeft)} left`}
        {live !== null && ` · ${formatBytes(live.bytes)} in ${formatCount(live.tensors)} tensors`}
        {live === null && found.seconds > 0 && ` · ${formatDuration(found.seconds)}`}
      </Text>
    </Stack>
  );
}

/** Figures of what steps tell, each where a generator tells it. */
const curves = [
  { measure: null, figure: adversarialLossFigure, label: "Losses over the iterations" },
  {
    measure: "realAccuracy",
    figure: accuracyFigure,
    label: "How often the discriminator is right, over the iterations",
  },
  {
    measure: "generatorGradient",
    figure: gradientFigure,
    label: "Size of the gradients, over the iterations",
  },
  {
    measure: "lowPerplexity",
    figure: perplexityFigure,
    label: "How many codes are in use, over the iterations",
  },
] as const;

function Curves(measured: MeasuredCurve) {
  const scheme = usePlotScheme();
  const told = curves.filter(({ measure }) => measure === null || measured.measures.includes(measure));
  return (
    <div className={classes.columns}>
      {told.map(({ figure, label }) => (
        <Plot key={label} figure={figure(measured, scheme)} height={250} interactive label={label} />
      ))}
    </div>
  );
}
