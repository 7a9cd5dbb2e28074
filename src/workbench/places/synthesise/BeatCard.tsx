import { Group, Paper, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import type { Values } from "../../../domain/schema.ts";
import { BeatView, type BeatViewHandle } from "../../beat/BeatView.tsx";
import type { RealBeat } from "../../plots/beatFigure.ts";
import { onFrame, shown } from "../../state/live.ts";
import { currentValue } from "../../state/picture.ts";
import { actions, pictureOf, schemaFor, workbench } from "../../state/store.ts";
import { useSelectedBeat } from "../records/useRecord.ts";
import { setBeatFigure } from "./strips.ts";
import classes from "./synthesise.module.css";

/** One beat, wave by wave, with a real one under it where one is chosen. */
export function BeatCard() {
  const picture = useStore(workbench, pictureOf);
  const overlay = useRealBeat();
  const view = useRef<BeatViewHandle>(null);
  const narrow = useMediaQuery("(max-width: 900px)");
  const schema = schemaFor(picture);
  const values = useMemo<Values>(
    () => Object.fromEntries(Object.keys(schema).map((key) => [key, currentValue(picture, schema, key)])),
    [picture, schema],
  );

  useEffect(() => {
    setBeatFigure(() => view.current?.figure("light") ?? null);
    const stop = onFrame(({ beat }) => view.current?.draw(beat));
    return () => {
      stop();
      setBeatFigure(() => null);
    };
  }, []);

  return (
    <Paper withBorder className={classes.card} component="section" aria-label="One beat">
      <Group className={classes.cardHead} gap="xs">
        <Text size="sm" fw={600}>
          One beat
        </Text>
        <Text size="xs" c="dimmed" className={classes.grow}>
          Synthetic. Drag a wave sideways or up and down; its edge for its width.
        </Text>
        {overlay !== null && (
          <Text size="xs" c="dimmed">
            Beneath: {overlay.label}
          </Text>
        )}
      </Group>
      <BeatView
        ref={view}
        schema={schema}
        values={values}
        overlay={overlay}
        onDrag={(changes) => actions.setValues(changes, "drag")}
        onDragEnd={actions.endMovement}
        height={narrow ? 220 : 286}
      />
    </Paper>
  );
}

/** The chosen real beat on the time axis of the synthetic one: both R peaks stand together, its median at zero. */
function useRealBeat(): RealBeat | null {
  const beat = useSelectedBeat();
  const rCentre = useStore(
    shown,
    (state) => state.frame?.beat.components.find(({ name }) => name === "R")?.centre ?? 0,
  );
  return useMemo(() => {
    if (beat === null) return null;
    const { samples, samplingFrequency, rPeak } = beat.window;
    const level = samples.slice().sort()[samples.length >> 1] ?? 0;
    return {
      label: `real beat ${beat.number + 1} of ${beat.record}`,
      time: Float32Array.from(samples, (_, index) => (index - rPeak) / samplingFrequency + rCentre),
      samples: samples.map((value) => value - level),
      residual: true,
    };
  }, [beat, rCentre]);
}
