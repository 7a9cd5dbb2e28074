import { Paper } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { EcgStrip, type StripHandle } from "../../paper/EcgStrip.tsx";
import { onFrame } from "../../state/live.ts";
import { screenScale } from "../../state/paperScale.ts";
import { actions, pictureOf, workbench } from "../../state/store.ts";
import { marksOf, peaksOf, setSyntheticStrip, syntheticTitle } from "./strips.ts";
import classes from "./synthesise.module.css";

/** The live synthetic recording on paper. `data-settled` tells a test that the newest parameters are painted. */
export function SyntheticStrip() {
  const view = useStore(workbench, (state) => state.view);
  const { pixelsPerMillimetre } = useStore(screenScale);
  const frame = useRef<HTMLDivElement>(null);
  const strip = useRef<StripHandle>(null);

  useEffect(() => {
    setSyntheticStrip(strip.current);
    const stopPainting = onFrame(({ picture, recording }) => {
      strip.current?.draw(
        recording,
        marksOf(recording),
        peaksOf(recording.truth, recording.samplingFrequency),
      );
      const settled = picture === pictureOf(workbench.getState());
      frame.current?.setAttribute("data-settled", String(settled));
      frame.current?.setAttribute("data-picture", checksum(recording.samples));
    });
    const stopWatching = workbench.subscribe((state, before) => {
      if (pictureOf(state) !== pictureOf(before)) frame.current?.setAttribute("data-settled", "false");
    });
    return () => {
      stopPainting();
      stopWatching();
      setSyntheticStrip(null);
    };
  }, []);

  return (
    <Paper ref={frame} withBorder className={classes.card} data-testid="synthetic-strip">
      <EcgStrip
        ref={strip}
        label="Synthetic lead II on ECG paper"
        title={syntheticTitle}
        scale={{ speed: view.speed, gain: view.gain, pixelsPerMillimetre }}
        calipers={view.calipers}
        onCalipers={(calipers) => actions.setView({ calipers })}
      />
    </Paper>
  );
}

/** Tells one picture from another: FNV-1a over the samples' bytes. */
function checksum(samples: Float32Array): string {
  const words = new Uint32Array(samples.buffer, samples.byteOffset, samples.length);
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index++) hash = Math.imul(hash ^ words[index], 0x01000193);
  return (hash >>> 0).toString(16);
}
