import { Group, Paper, Text } from "@mantine/core";
import { useMemo } from "react";
import { useStore } from "zustand";
import { BeatView } from "../../beat/BeatView.tsx";
import type { BeatOverlay } from "../../plots/beatFigure.ts";
import { shown } from "../../state/live.ts";
import { workbench } from "../../state/store.ts";
import { RecordCard } from "../records/RecordCard.tsx";
import { useSelectedBeat } from "../records/useRecord.ts";
import { Controls } from "./Controls.tsx";
import { IntervalPanel } from "./IntervalPanel.tsx";
import { PaperControls } from "./PaperControls.tsx";
import { SyntheticStrip } from "./SyntheticStrip.tsx";
import classes from "./synthesise.module.css";
import { Toolbar } from "./Toolbar.tsx";

/** The place where recordings are made: beat, strip, readings, a real record beneath, and every control. */
export function SynthesisePlace() {
  const hidden = useStore(workbench, (state) => state.hidden);
  const intervals = useStore(shown, (state) => state.intervals);
  const overlay = useBeatOverlay();
  return (
    <div className={classes.place}>
      <div className={classes.stage}>
        <h1 className="visuallyHidden">Synthesise</h1>
        <Toolbar />
        <Paper withBorder className={classes.card} component="section" aria-label="One beat">
          <Group className={classes.cardHead}>
            <Text size="sm" fw={600}>
              One beat
            </Text>
            <Text size="xs" c="dimmed" className={classes.grow}>
              Synthetic. Drag a wave: sideways moves it, up and down its height, a flank its width.
            </Text>
            {overlay !== null && (
              <Text size="xs" c="dimmed">
                Dotted: {overlay.label}
              </Text>
            )}
          </Group>
          <BeatView overlay={overlay} />
        </Paper>
        {!hidden.includes("intervals") && <IntervalPanel intervals={intervals} />}
        <PaperControls />
        <SyntheticStrip />
        {!hidden.includes("record") && <RecordCard />}
      </div>
      <aside className={`${classes.side} noPrint`} aria-label="Controls">
        <Controls />
      </aside>
    </div>
  );
}

/** The chosen real beat on the time axis of the synthetic one: both R peaks stand together. */
function useBeatOverlay(): BeatOverlay | null {
  const beat = useSelectedBeat();
  const frame = useStore(shown, (state) => state.frame);
  const synthetic = frame?.beat ?? null;
  const rCentre = synthetic?.components.find((component) => component.name === "R")?.centre ?? 0;
  return useMemo(() => {
    if (beat === null) return null;
    const { samples, samplingFrequency, rPeak } = beat.window;
    const level = [...samples].sort((one, other) => one - other)[samples.length >> 1] ?? 0;
    return {
      label: `real beat ${beat.number + 1} of ${beat.record}`,
      time: Float32Array.from(samples, (_, index) => (index - rPeak) / samplingFrequency + rCentre),
      samples: samples.map((value) => value - level),
    };
  }, [beat, rCentre]);
}
