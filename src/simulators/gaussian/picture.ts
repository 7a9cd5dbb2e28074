import { waveNames } from "../../domain/groundTruth.ts";
import { createRandom } from "../../signal/random.ts";
import type { BeatComponent, BeatPicture, DragTarget, SimulationRequest } from "../simulator.ts";
import { gaussian } from "./beat.ts";
import { tWaveOffset } from "./events.ts";
import { type Plan, planOf } from "./plan.ts";
import { deltaAt } from "./rhythms/wpw.ts";
import { lengthIndex, packedIndex } from "./tableA1.ts";

const points = 500;
/** The clinical beat is drawn over this part of its cycle before the R peak. */
const shareBeforeR = 0.4;

/** The beat that the parameters describe as they stand: each wave, the delta wave if there is one, and their sum. */
export function gaussianBeat(
  request: Pick<SimulationRequest, "preset" | "rhythm" | "overrides">,
): BeatPicture {
  const plan = planOf(request);
  const beat = plan.table.base.slice();
  const length = beat[lengthIndex];
  const seconds = plan.timing === "seconds";
  const tShift = packedIndex("T", "shift");
  const tScale = seconds ? tWaveOffset(1, length) : 1;
  beat[tShift] *= tScale;
  // The beat as it stands is a sinus beat, whatever the rhythm would draw next.
  const run = plan.rhythm.begin(plan.values, plan.timing, createRandom(0));
  run.shape(beat, length, "N");
  const factors = heightFactors(plan, length);
  const delta = run.delta(beat);
  const unit = seconds ? 1 : length;
  const from = seconds ? -shareBeforeR * length : 0;
  const time = Float32Array.from({ length: points }, (_, index) => from + (index / points) * length);
  const sum = new Float64Array(points);
  const components: BeatComponent[] = [];
  const add = (component: Omit<BeatComponent, "samples">, heightAt: (time: number) => number) => {
    const samples = Float32Array.from(time, heightAt);
    for (let index = 0; index < points; index++) sum[index] += samples[index];
    components.push({ ...component, samples });
  };
  waveNames.forEach((wave, index) => {
    const [amplitude, width, shift] = beat.subarray(3 * index, 3 * index + 3);
    if (!(`${wave}.amplitude` in plan.schema)) return;
    const target = (part: string, scale: number): DragTarget | null =>
      `${wave}.${part}` in plan.schema ? { key: `${wave}.${part}`, scale } : null;
    add(
      {
        name: wave,
        centre: shift * unit,
        height: amplitude,
        width: Math.abs(width) * unit,
        amplitude: target("amplitude", plan.quantities[3 * index].sign * factors[index]),
        shift: target("shift", unit * (wave === "T" ? tScale : 1)),
        widthTarget: target("width", unit * (width < 0 ? -1 : 1)),
      },
      (at) => gaussian(at / unit, amplitude, width, shift),
    );
  });
  if (delta !== null) {
    const rPeak = beat[packedIndex("R", "shift")] * unit;
    add(
      {
        name: "delta",
        centre: rPeak - delta.rise / 2,
        height: deltaAt(delta, -delta.rise / 2),
        width: delta.rise / 2,
        amplitude: { key: "delta.amplitude", scale: deltaScale(plan, beat) },
        shift: null,
        widthTarget: { key: "delta.length", scale: 0.5 },
      },
      (at) => deltaAt(delta, at - rPeak),
    );
  }
  return {
    time,
    timeLabel: seconds ? "Time from the R peak" : "Time from the start of the beat",
    unit: "mV",
    components,
    sum: Float32Array.from(sum),
  };
}

/** What the rhythm multiplies each wave's height by, found on waves of height 1. */
function heightFactors(plan: Plan, length: number): number[] {
  const probe = plan.table.base.slice();
  for (let wave = 0; wave < waveNames.length; wave++) probe[3 * wave] = 1;
  plan.rhythm.begin(plan.values, plan.timing, createRandom(0)).shape(probe, length, "N");
  return waveNames.map((_, wave) => probe[3 * wave]);
}

/** Half-way up the ramp, where the handle is, the delta wave has half its height. */
function deltaScale(plan: Plan, beat: Float64Array): number {
  const sign = plan.values["delta.polarity"] === "negative" ? -1 : 1;
  return (sign * beat[packedIndex("R", "amplitude")]) / 2;
}
