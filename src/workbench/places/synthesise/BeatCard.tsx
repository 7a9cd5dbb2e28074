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

/** The parameters as they stand when they are asked for, so that the card need not render at every step of a slider. */
const valuesNow: Values = new Proxy(
  {},
  {
    get: (_target, key) => {
      const picture = pictureOf(workbench.getState());
      const schema = schemaFor(picture);
      return typeof key === "string" && key in schema ? currentValue(picture, schema, key) : undefined;
    },
  },
);

/** One beat, wave by wave, with a real one under it where one is chosen. */
export function BeatCard() {
  const overlay = useRealBeat();
  // A settled frame renders the card again, so that what its handles tell assistive technology is current.
  useStore(shown, (state) => state.frame);
  const view = useRef<BeatViewHandle>(null);
  const narrow = useMediaQuery("(max-width: 900px)");
  const schema = useStore(workbench, (state) => schemaFor(pictureOf(state)));
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
        values={valuesNow}
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
