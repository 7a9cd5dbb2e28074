import { ActionIcon, Button, Group, Paper, Progress, Select, Slider, Text, Title } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import {
  IconDice5,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStop,
  IconRefresh,
} from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { Values } from "../../../domain/schema.ts";
import type { GeneratorDescription } from "../../../generators/generator.ts";
import type { StoredGeneration } from "../../../storage/database.ts";
import { SchemaForm } from "../../controls/SchemaForm.tsx";
import { formatCount, formatDuration } from "../../format.ts";
import { noiseFigure } from "../../plots/noiseFigure.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import grid from "./generate.module.css";
import { SignalPictures } from "./SignalPictures.tsx";
import classes from "./sampling.module.css";
import { useWatchedSampling } from "./useWatchedSampling.ts";

const drawn = 4;
const allClasses = "all";
/** ms that a picture stands. */
const pictureTime = 140;

/** How a trained generator makes signals, step by step: it can be watched, scrubbed and made otherwise without training. */
export function SamplingPanel({
  found,
  model,
}: {
  readonly found: StoredGeneration;
  readonly model: GeneratorDescription;
}) {
  const names = found.specification.classes;
  const { watched, begin, stop } = useWatchedSampling(found.id);
  const [label, setLabel] = useState<number | null>(null);
  const [seed, setSeed] = useState(1);
  const [sampling, setSampling] = useState<Values>({});
  const [at, setAt] = useState<number | null>(null);
  const trained = found.specification.hyperparameters;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other ways of sampling wait for the button.
  useEffect(() => {
    setAt(null);
    void begin({ count: drawn, seed, label, sampling });
  }, [begin, seed, label, found.progress.position]);
  const again = () => {
    setAt(null);
    void begin({ count: drawn, seed, label, sampling });
  };
  const last = watched.moments.length - 1;
  const index = Math.min(at ?? last, last);
  const moment = watched.moments[index];
  const titles = Array.from({ length: drawn }, (_, row) => names[label ?? row % names.length]);
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label="Step by step to a signal"
      data-testid="sampling"
      data-state={watched.isBusy ? "busy" : "done"}
      data-at={moment?.position ?? -1}
    >
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Step by step{" "}
          <Text span size="xs" c="dimmed">
            synthetic
          </Text>
        </Title>
        <Group gap="xs" align="flex-end">
          {names.length > 1 && (
            <Select
              size="xs"
              w={130}
              aria-label="Class to make"
              allowDeselect={false}
              value={label === null ? allClasses : String(label)}
              data={[
                { value: allClasses, label: "Classes in turn" },
                ...names.map((name, position) => ({ value: String(position), label: name })),
              ]}
              onChange={(value) => setLabel(value === null || value === allClasses ? null : Number(value))}
            />
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDice5 size={15} />}
            onClick={() => setSeed(seed + 1)}
          >
            Other draws
          </Button>
          {watched.isBusy ? (
            <Button size="xs" variant="default" leftSection={<IconPlayerStop size={15} />} onClick={stop}>
              Stop here
            </Button>
          ) : (
            <Button size="xs" leftSection={<IconRefresh size={15} />} onClick={again}>
              Make again
            </Button>
          )}
        </Group>
      </Group>
      {watched.isBusy && (
        <>
          <Progress size="xs" value={(100 * watched.position) / watched.of} aria-label="Steps done" />
          <Text size="xs" c="dimmed" mb={4}>
            Step {formatCount(watched.position)} of {formatCount(watched.of)}
            {watched.secondsLeft !== null && ` · about ${formatDuration(watched.secondsLeft)} left`}
          </Text>
        </>
      )}
      {moment !== undefined && (
        <>
          <SignalPictures
            signals={moment.signals}
            count={drawn}
            titles={titles}
            label={`Signals after step ${moment.position} of ${moment.of}, synthetic`}
            {...(moment.tokens === undefined ? {} : { tokens: moment.tokens })}
            {...(moment.grids === undefined ? {} : { grids: moment.grids })}
          />
          <Scrub
            last={last}
            index={index}
            isLive={watched.isBusy}
            words={`step ${formatCount(moment.position)} of ${formatCount(moment.of)}`}
            onChange={setAt}
          />
          <Text size="xs" c="dimmed">
            {moment.caption}
          </Text>
        </>
      )}
      <div className={classes.columns}>
        {watched.noise === null ? <div /> : <Noise noise={watched.noise} position={moment?.position ?? 0} />}
        <div>
          <SchemaForm
            schema={model.hyperparameters}
            useOverride={(name) => sampling[name] ?? trained[name]}
            section="Sampling"
            showAdvanced
            advancedTitle="More"
            onChange={(name, value) => setSampling({ ...sampling, [name]: value })}
            onReset={(name) => {
              const { [name]: _, ...rest } = sampling;
              setSampling(rest);
            }}
          />
          <Text size="xs" c="dimmed">
            These hold for this panel and need no other training: press Make again.
          </Text>
        </div>
      </div>
    </Paper>
  );
}

function Noise({
  noise,
  position,
}: {
  readonly noise: NonNullable<ReturnType<typeof useWatchedSampling>["watched"]["noise"]>;
  readonly position: number;
}) {
  const scheme = usePlotScheme();
  const terminal = noise.levels[noise.levels.length - 1];
  return (
    <div>
      <Plot
        figure={noiseFigure(noise, position, scheme)}
        height={230}
        label="How much signal and how much noise there is at each step of the training, with the steps that sampling takes"
      />
      <Text size="xs" c="dimmed" data-testid="terminal-signal">
        In the last step of the training √ᾱ = {terminal.toPrecision(2)} of the signal is left.{" "}
        {terminal > 0.2
          ? "Sampling starts from noise alone, which the network has never seen: expect signals of the wrong height."
          : "Sampling starts from what the network has nearly seen."}
      </Text>
    </div>
  );
}

/** Goes to and fro between the moments, or plays them. */
function Scrub({
  last,
  index,
  isLive,
  words,
  onChange,
}: {
  readonly last: number;
  readonly index: number;
  readonly isLive: boolean;
  readonly words: string;
  /** Null follows the newest. */
  onChange(at: number | null): void;
}) {
  const [isPlaying, setPlaying] = useState(false);
  const isStill = useReducedMotion();
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      if (index < last) onChange(index + 1);
      else setPlaying(false);
    }, pictureTime);
    return () => clearTimeout(timer);
  }, [isPlaying, index, last, onChange]);
  return (
    <div className={grid.scrub}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={isPlaying ? "Pause the steps" : "Play the steps"}
        disabled={isLive || last < 1 || (isStill === true && !isPlaying)}
        onClick={() => {
          if (!isPlaying) onChange(0);
          setPlaying(!isPlaying);
        }}
      >
        {isPlaying ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
      </ActionIcon>
      <Slider
        min={0}
        max={Math.max(1, last)}
        step={1}
        value={index}
        label={null}
        thumbLabel="Step of the sampling"
        onChange={(value) => {
          setPlaying(false);
          onChange(value >= last ? null : value);
        }}
      />
      <Text size="xs" c="dimmed" w={110} ta="right">
        {words}
      </Text>
    </div>
  );
}
