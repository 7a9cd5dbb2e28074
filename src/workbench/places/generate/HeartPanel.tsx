import { Button, Group, Paper, Slider, Stack, Text, Title } from "@mantine/core";
import { IconRotate2 } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { GenerationSnapshot } from "../../../domain/generation.ts";
import { waveNames } from "../../../domain/groundTruth.ts";
import { rowsOfLabel } from "../../../domain/labelledRows.ts";
import type { StoredGeneration } from "../../../storage/database.ts";
import { heartLoopFigure } from "../../plots/heartLoopFigure.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import { ClassSelect } from "./ClassSelect.tsx";
import classes from "./generate.module.css";
import { useLatest } from "./useLatest.ts";

/** The three numbers of a wave in the order of η, with how far a slider goes. */
const numbers = [
  { name: "a", title: "pull", from: -40, to: 40, step: 0.1, unit: "", factor: 1 },
  { name: "b", title: "width", from: 0.02, to: 0.8, step: 0.01, unit: "rad", factor: 1 },
  { name: "θ", title: "angle", from: -180, to: 180, step: 1, unit: "°", factor: 180 / Math.PI },
] as const;

const samples = 216;

/**
 * A generated beat in the loop of McSharry's equations, beside the equations' own, whose waves are sliders; while the
 * generator learns too.
 */
export function HeartPanel({
  found,
  snapshot,
}: {
  readonly found: StoredGeneration;
  /** The moment of the training whose beats are shown. */
  readonly snapshot: GenerationSnapshot;
}) {
  const scheme = usePlotScheme();
  const names = found.specification.classes;
  const [label, setLabel] = useState(0);
  const beatClass = names[label];
  const [view, setView] = useState({ turn: 200, tilt: 24 });
  const [changed, setChanged] = useState<readonly number[] | null>(null);
  const [row, setRow] = useState(0);
  // Waves may be fitted to the real beats, which are there after the first checkpoint.
  const hasReal = found.progress.real.length > 0;
  const waves = useAnswer(
    `waves ${label} ${hasReal}`,
    () => workers.training.classWaves(found.id, label),
    true,
  );
  const eta = changed ?? waves?.eta ?? null;
  const beats = useMemo(() => rowsOfLabel(snapshot, label, samples), [snapshot, label]);
  const question = useMemo(
    () => (eta === null ? null : { eta, beat: beats.slice(row * samples, (row + 1) * samples) }),
    [eta, beats, row],
  );
  const heart = useLatest(question, ({ beat, eta: given }) =>
    workers.training.compareWithHeart(found.id, beat, given),
  );
  if (heart === null || eta === null || waves === null) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label="The heart's equations" data-testid="heart">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Against the heart's equations
        </Title>
        <Group gap="xs">
          <ClassSelect
            names={names}
            value={label}
            onChange={(next) => {
              setLabel(next ?? 0);
              setChanged(null);
              setRow(0);
            }}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRotate2 size={15} />}
            disabled={changed === null}
            onClick={() => setChanged(null)}
          >
            {waves.origin === "hand" ? `Class ${beatClass}` : "As fitted"}
          </Button>
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mb="xs" maw={720}>
        In McSharry's model the heart runs round a circle and is pulled up and down by five waves. Red is a
        generated beat in the same loop, of the moment chosen above. SimGAN's loss is how far it is from
        solving the equations: now <strong data-testid="heart-loss">{heart.loss.toFixed(4)}</strong>, where a
        flat line has {waves.flatLoss.toFixed(2)}. The waves are{" "}
        {waves.origin === "hand"
          ? "set by hand for the class, as in SimGAN's program."
          : "the mean of those that fit real beats of the class."}
      </Text>
      <div className={classes.columns}>
        <div>
          <Plot
            figure={heartLoopFigure(heart, view, scheme)}
            height={330}
            label={`Loop of the heart's equations with a generated beat, seen from ${view.turn} degrees`}
          />
          <Stack gap={6}>
            <ViewSlider
              title="Turn"
              value={view.turn}
              from={0}
              to={360}
              onChange={(turn) => setView({ ...view, turn })}
            />
            <ViewSlider
              title="Tilt"
              value={view.tilt}
              from={0}
              to={90}
              onChange={(tilt) => setView({ ...view, tilt })}
            />
            <ViewSlider
              title="Generated beat"
              value={row + 1}
              from={1}
              to={Math.max(1, beats.length / samples)}
              onChange={(value) => setRow(value - 1)}
            />
          </Stack>
        </div>
        <div className={classes.eta}>
          {waveNames.map((wave, index) => (
            <div key={wave}>
              <Text size="xs" fw={600}>
                {wave}
              </Text>
              {numbers.map(({ name, title, from, to, step, unit, factor }, part) => {
                const place = 3 * index + part;
                const value = eta[place] * factor;
                return (
                  <div key={name} className={classes.etaRow}>
                    <Text size="xs" c="dimmed">
                      {name} {value.toFixed(step < 1 ? 2 : 0)}
                      {unit === "" ? "" : ` ${unit}`}
                    </Text>
                    <Slider
                      size="xs"
                      min={from}
                      max={to}
                      step={step}
                      value={value}
                      label={null}
                      thumbLabel={`${wave} ${title}`}
                      onChange={(next) =>
                        setChanged(eta.map((old, at) => (at === place ? next / factor : old)))
                      }
                    />
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </Paper>
  );
}

function ViewSlider(props: {
  readonly title: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  onChange(value: number): void;
}) {
  const { title, value, from, to, onChange } = props;
  return (
    <div className={classes.etaRow}>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Slider
        size="xs"
        min={from}
        max={to}
        step={1}
        value={value}
        label={null}
        thumbLabel={title}
        onChange={onChange}
      />
    </div>
  );
}
