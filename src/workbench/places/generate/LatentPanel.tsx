import { Button, Group, Paper, Slider, Stack, Text, Title } from "@mantine/core";
import { IconDice5, IconRotate2 } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { StoredGeneration } from "../../../storage/database.ts";
import { generatedBeatFigure } from "../../plots/generatedBeatFigure.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import { BeatGrid } from "./BeatGrid.tsx";
import classes from "./generate.module.css";
import { between, moved } from "./latentWalk.ts";
import { useLatest } from "./useLatest.ts";

const drawn = 16;
const samples = 216;

/** Walks through what a generator has learned: between two of its beats, and along the directions that change most. */
export function LatentPanel({ found }: { readonly found: StoredGeneration }) {
  const scheme = usePlotScheme();
  const [seed, setSeed] = useState(1);
  const [pair, setPair] = useState<readonly number[]>([0, 1]);
  const [share, setShare] = useState(0);
  const [steps, setSteps] = useState<readonly number[]>([]);
  const at = found.progress.position;
  const latents = useAnswer(
    `${found.id} ${at} ${seed}`,
    () => workers.training.drawLatents(found.id, drawn, seed),
    true,
  );
  const beats = useAnswer(
    latents === null ? null : `${found.id} ${at} ${seed} beats`,
    () =>
      workers.training.signalsOfLatents(
        found.id,
        (latents as NonNullable<typeof latents>).latents.slice(),
        new Uint8Array(drawn),
      ),
    true,
  );
  const directions = useAnswer(`${found.id} ${at} directions`, () =>
    workers.training.latentDirections(found.id, 0),
  );
  const walked = useMemo(() => {
    if (latents === null) return null;
    const { latentSize } = latents;
    const [one, other] = pair.map((row) => latents.latents.slice(row * latentSize, (row + 1) * latentSize));
    const base = other === undefined ? one : between(one, other, share);
    return directions === null ? base : moved(base, directions.directions, steps);
  }, [latents, pair, share, directions, steps]);
  const beat = useLatest(walked, (latent) =>
    workers.training.signalsOfLatents(found.id, latent.slice(), new Uint8Array(1)),
  );
  if (beats === null) return null;
  const rowOf = (row: number) => beats.subarray(row * samples, (row + 1) * samples);
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
            Other beats
          </Button>
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        Every beat is made of a point in a space of {latents?.latentSize ?? 100} dimensions. Press two beats,
        A and B, and walk from one to the other; or move along the directions in which its beats differ most.
      </Text>
      <BeatGrid
        beats={beats}
        kind="generated"
        label="Generated beats to choose from"
        chosen={pair}
        onChoose={choose}
      />
      <div className={classes.columns}>
        {beat === null ? (
          <div />
        ) : (
          <Plot
            figure={generatedBeatFigure(beat, pair.length === 2 ? pair.map(rowOf) : [], scheme)}
            height={270}
            label="The beat at the chosen point of the latent space, synthetic"
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
