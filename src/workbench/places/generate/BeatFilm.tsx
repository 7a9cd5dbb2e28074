import { ActionIcon, Group, Slider, Stack, Text } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { GenerationSnapshot } from "../../../domain/generation.ts";
import { formatCount } from "../../format.ts";
import { BeatGrid } from "./BeatGrid.tsx";
import classes from "./generate.module.css";

/** ms that a picture stands. */
const pictureTime = 120;
/** Real beats that are drawn beside the generated ones. */
const drawnReal = 8;
const samples = 216;

/** Some of the real beats, at even distances: they stand patient by patient. */
function someOf(real: Float32Array): Float32Array {
  const count = real.length / samples;
  const taken = Math.min(count, drawnReal);
  return Float32Array.from({ length: taken * samples }, (_, at) => {
    const row = Math.floor((Math.floor(at / samples) * count) / taken);
    return real[row * samples + (at % samples)];
  });
}

/** Beats from the same latent vectors as they changed during training: a film that can be scrubbed, real beats beneath. */
export function BeatFilm({
  snapshots,
  diversities,
  real,
  isLive,
}: {
  readonly snapshots: readonly GenerationSnapshot[];
  readonly diversities: readonly number[];
  readonly real: Float32Array;
  readonly isLive: boolean;
}) {
  /** Null follows the newest. */
  const [at, setAt] = useState<number | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const isStill = useReducedMotion();
  const last = snapshots.length - 1;
  const index = Math.min(at ?? last, last);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      setAt((now) => {
        const next = (now ?? last) + 1;
        if (next < last) return next;
        setPlaying(false);
        return null;
      });
    }, pictureTime);
    return () => clearInterval(timer);
  }, [isPlaying, last]);
  const shown = snapshots[index];
  const diversity = diversities[index];
  return (
    <Stack gap="xs" data-testid="film" data-snapshots={snapshots.length} data-at={shown.position}>
      <Group justify="space-between" align="baseline">
        <Text size="sm" fw={600}>
          Generated beats{" "}
          <Text span size="xs" c="dimmed">
            synthetic
          </Text>
        </Text>
        <Text size="xs" c="dimmed">
          {diversity !== undefined &&
            Number.isFinite(diversity) &&
            `differ from each other ${(100 * diversity).toFixed(0)} % as much as real ones`}
        </Text>
      </Group>
      <BeatGrid beats={shown.signals} kind="generated" label="Generated beats of the same latent vectors" />
      <div className={classes.scrub}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={isPlaying ? "Pause" : "Play how they changed"}
          disabled={last < 1 || (isStill === true && !isPlaying)}
          onClick={() => {
            if (!isPlaying) setAt(0);
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
            setAt(value >= last ? null : value);
          }}
        />
        <Text size="xs" c="dimmed" w={110} ta="right" data-testid="film-position">
          {at === null && isLive ? "now, " : ""}iteration {formatCount(shown.position)}
        </Text>
      </div>
      {real.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            Beats that it learns from
          </Text>
          <BeatGrid beats={someOf(real)} kind="real" label="Beats that it learns from" />
        </>
      )}
    </Stack>
  );
}
