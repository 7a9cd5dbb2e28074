import { ActionIcon, Group, Slider, Stack, Text } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import {
  type GenerationSnapshot,
  type GenerationSpecification,
  generatedForms,
} from "../../../domain/generation.ts";
import { formatCount } from "../../format.ts";
import classes from "./generate.module.css";
import { ClassedGrid } from "./SignalGrid.tsx";

/** ms that a picture stands. */
const pictureTime = 120;
/** Real signals that are drawn beside the generated ones. */
const drawnReal = { beats: 8, recordings: 4 } as const;

/** Some of the real signals of each class, at even distances: they stand patient by patient. */
function someOf(real: Float32Array, labels: Uint8Array, most: number, length: number) {
  const classes = new Set(labels).size;
  const rows = [...new Set(labels)].flatMap((label) => {
    const own = Array.from(labels.keys()).filter((row) => labels[row] === label);
    const taken = Math.min(own.length, Math.max(2, Math.floor(most / classes)));
    return Array.from({ length: taken }, (_, at) => own[Math.floor((at * own.length) / taken)]);
  });
  const signals = new Float32Array(rows.length * length);
  rows.forEach((row, at) => {
    signals.set(real.subarray(row * length, (row + 1) * length), at * length);
  });
  return { signals, labels: Uint8Array.from(rows, (row) => labels[row]) };
}

/** Signals from the same latent vectors as they changed during training: a film that can be scrubbed, real ones beneath. */
export function SignalFilm({
  specification,
  snapshots,
  diversities,
  real,
  realLabels,
  isLive,
  at,
  onAt,
}: {
  readonly specification: GenerationSpecification;
  readonly snapshots: readonly GenerationSnapshot[];
  readonly diversities: readonly number[];
  readonly real: Float32Array;
  readonly realLabels: Uint8Array;
  readonly isLive: boolean;
  /** The snapshot that is shown; null follows the newest. */
  readonly at: number | null;
  onAt(at: number | null): void;
}) {
  const [isPlaying, setPlaying] = useState(false);
  const isStill = useReducedMotion();
  const last = snapshots.length - 1;
  const index = Math.min(at ?? last, last);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      const next = index + 1;
      onAt(next < last ? next : null);
      if (next >= last) setPlaying(false);
    }, pictureTime);
    return () => clearTimeout(timer);
  }, [isPlaying, last, index, onAt]);
  const shown = snapshots[index];
  const { form, classes: names } = specification;
  const diversity = diversities[index];
  return (
    <Stack gap="xs" data-testid="film" data-snapshots={snapshots.length} data-at={shown.position}>
      <Group justify="space-between" align="baseline">
        <Text size="sm" fw={600}>
          Generated {form}{" "}
          <Text span size="xs" c="dimmed">
            synthetic
          </Text>
        </Text>
        <Text size="xs" c="dimmed">
          {diversity !== undefined &&
            Number.isFinite(diversity) &&
            `differ from each other ${(100 * diversity).toFixed(0)} % as much as real ones${names.length > 1 ? ", in the least diverse class" : ""}`}
        </Text>
      </Group>
      <ClassedGrid
        {...shown}
        names={names}
        form={form}
        kind="generated"
        label={`Generated ${form} of the same latent vectors`}
      />
      <div className={classes.scrub}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={isPlaying ? "Pause" : "Play how they changed"}
          disabled={last < 1 || (isStill === true && !isPlaying)}
          onClick={() => {
            if (!isPlaying) onAt(0);
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
          thumbLabel="Moment of the training"
          onChange={(value) => {
            setPlaying(false);
            onAt(value >= last ? null : value);
          }}
        />
        <Text size="xs" c="dimmed" w={110} ta="right" data-testid="film-position">
          {at === null && isLive ? "now, " : ""}iteration {formatCount(shown.position)}
        </Text>
      </div>
      {real.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            What it learns from
          </Text>
          <ClassedGrid
            {...someOf(real, realLabels, drawnReal[form], generatedForms[form].length)}
            names={names}
            form={form}
            kind="real"
            label={`Real ${form} that it learns from`}
          />
        </>
      )}
    </Stack>
  );
}
