import { createStore } from "zustand/vanilla";
import { latest } from "../../boundary/latest.ts";
import { type Intervals, intervalsOf } from "../../signal/intervals.ts";
import type { BeatPicture, SimulatedRecording } from "../../simulators/simulator.ts";
import { workers } from "../workers.ts";
import type { Picture } from "./picture.ts";
import { asFailure } from "./report.ts";
import { actions, pictureOf, workbench } from "./store.ts";

/** The newest synthetic recording, with the beat that its parameters describe. */
export interface Frame {
  readonly picture: Picture;
  readonly recording: SimulatedRecording;
  readonly beat: BeatPicture;
}

/** What React shows of the newest frame; it follows a moment later than the plots, which are painted directly. */
export const shown = createStore<{ readonly frame: Frame | null; readonly intervals: Intervals | null }>(
  () => ({
    frame: null,
    intervals: null,
  }),
);

type Painter = (frame: Frame) => void;
const painters = new Set<Painter>();
let newest: Frame | null = null;

/** Calls `paint` with every new frame, and at once with the newest; returns the way to stop. */
export function onFrame(paint: Painter): () => void {
  painters.add(paint);
  if (newest !== null) paint(newest);
  return () => painters.delete(paint);
}

/** The newest frame, for exports. */
export function newestFrame(): Frame | null {
  return newest;
}

/** Readings change at most this often (ms), so that a moving slider spends its time on the plots. */
const readingInterval = 120;

/** Follows the store: every change of the picture is simulated in the worker; the latest always wins. */
export function startLive(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const showReadings = () => {
    timer = null;
    if (newest === null) return;
    const { truth, samplingFrequency } = newest.recording;
    shown.setState({ frame: newest, intervals: intervalsOf(truth, samplingFrequency) });
  };
  const request = latest(
    async (picture: Picture) => ({ picture, ...(await workers.synthesis.synthesise(picture)) }),
    (frame: Frame) => {
      newest = frame;
      for (const paint of painters) paint(frame);
      timer ??= setTimeout(showReadings, readingInterval);
    },
    (error: unknown) => actions.report(asFailure(error)),
  );
  request(pictureOf(workbench.getState()));
  const stop = workbench.subscribe((state, before) => {
    if (pictureOf(state) !== pictureOf(before)) request(pictureOf(state));
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}
