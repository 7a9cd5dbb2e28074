import { Button, Group, Paper, Slider, Stack, Text, Title } from "@mantine/core";
import { IconDice5, IconRotate2 } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { generatedForms } from "../../../domain/generation.ts";
import type { StoredGeneration } from "../../../storage/database.ts";
import { generatedSignalFigure } from "../../plots/generatedSignalFigure.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import { ClassSelect } from "./ClassSelect.tsx";
import classes from "./generate.module.css";
import { between, moved } from "./latentWalk.ts";
import { SignalGrid } from "./SignalGrid.tsx";
import { useLatest } from "./useLatest.ts";

const drawnOf = { beats: 16, recordings: 6 } as const;

/** Walks through what a generator has learned: between two of its signals, and along the directions that change most. */
export function LatentPanel({ found }: { readonly found: StoredGeneration }) {
  const scheme = usePlotScheme();
  const [seed, setSeed] = useState(1);
  const [pair, setPair] = useState<readonly number[]>([0, 1]);
  const [share, setShare] = useState(0);
  const [steps, setSteps] = useState<readonly number[]>([]);
  const [label, setLabel] = useState(0);
  const { form, classes: names } = found.specification;
  const { length } = generatedForms[form];
  const drawn = drawnOf[form];
  const at = found.progress.position;
  const latents = useAnswer(
    `${found.id} ${at} ${seed}`,
    () => workers.training.drawLatents(found.id, drawn, seed),
    true,
  );
  const signals = useAnswer(
    latents === null ? null : `${found.id} ${at} ${seed} ${label} signals`,
    () =>
      workers.training.signalsOfLatents(
        found.id,
        (latents as NonNullable<typeof latents>).latents.slice(),
        new Uint8Array(drawn).fill(label),
      ),
    true,
  );
  const directions = useAnswer(`${found.id} ${at} ${label} directions`, () =>
    workers.training.latentDirections(found.id, label),
  );
  const walked = useMemo(() => {
    if (latents === null) return null;
    const { latentSize } = latents;
    const [one, other] = pair.map((row) => latents.latents.slice(row * latentSize, (row + 1) * latentSize));
    const base = other === undefined ? one : between(one, other, share);
    const latent = directions === null ? base : moved(base, directions.directions, steps);
    return { latent, label };
  }, [latents, pair, share, directions, steps, label]);
  const signal = useLatest(walked, (point) =>
    workers.training.signalsOfLatents(found.id, point.latent.slice(), Uint8Array.of(point.label)),
  );
  if (signals === null) return null;
  const rowOf = (row: number) => signals.subarray(row * length, (row + 1) * length);
  const choose = (row: number) => setPair(([first, second]) => (second === undefined ? [first, row] : [row]));
  const still = () => {
    setShare(0);
    setSteps([]);
  };
  return (
    <Paper withBorder p="md" component="section" aria-label="Latent space" data-testid="latent">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Its latent space
        </Title>
        <Group gap="xs">
          <ClassSelect
            names={names}
            value={label}
            onChange={(next) => {
              setLabel(next ?? 0);
              setSteps([]);
            }}
          />
          <Button size="xs" variant="default" leftSection={<IconRotate2 size={15} />} onClick={still}>
            Back
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDice5 size={15} />}
            onClick={() => {
              setSeed(seed + 1);
              still();
            }}
          >
            Other {form}
          </Button>
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        Each is made of a point in a space of {latents?.latentSize ?? 100} dimensions. Press two {form}, A and
        B, and walk from one to the other; or move along the directions in which they differ most.
        {names.length > 1 && " The same point gives another signal in another class."}
      </Text>
      <SignalGrid
        signals={signals}
        form={form}
        kind="generated"
        label={`Generated ${form} to choose from`}
        chosen={pair}
        onChoose={choose}
      />
      <div className={classes.columns}>
        {signal === null ? (
          <div />
        ) : (
          <Plot
            figure={generatedSignalFigure(signal, form, pair.length === 2 ? pair.map(rowOf) : [], scheme)}
            height={270}
            label="The signal at the chosen point of the latent space, synthetic"
          />
        )}
        <Stack gap={10} mt="md">
          <Knob
            title="From A to B"
            value={share}
            from={0}
            to={1}
            disabled={pair.length < 2}
            onChange={setShare}
          />
          {directions?.shares.map((explained, index) => (
            <Knob
              // biome-ignore lint/suspicious/noArrayIndexKey: a direction is its rank.
              key={index}
              title={`Direction ${index + 1}, ${(100 * explained).toFixed(0)} % of the variance`}
              value={steps[index] ?? 0}
              from={-3}
              to={3}
              disabled={false}
              onChange={(value) =>
                setSteps(directions.shares.map((_, other) => (other === index ? value : (steps[other] ?? 0))))
              }
            />
          ))}
        </Stack>
      </div>
    </Paper>
  );
}

function Knob(props: {
  readonly title: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly disabled: boolean;
  onChange(value: number): void;
}) {
  const { title, value, from, to, disabled, onChange } = props;
  return (
    <div>
      <Group justify="space-between">
        <Text size="xs">{title}</Text>
        <Text size="xs" c="dimmed">
          {value.toFixed(2)}
        </Text>
      </Group>
      <Slider
        size="sm"
        min={from}
        max={to}
        step={0.02}
        value={value}
        disabled={disabled}
        label={null}
        thumbLabel={title}
        onChange={onChange}
      />
    </div>
  );
}
