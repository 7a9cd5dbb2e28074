import type { BeatPicture } from "../../simulators/simulator.ts";
import {
  type BeatRange,
  beatFigure,
  beatLimits,
  beatRange,
  type RealBeat,
  verticalPadding,
} from "../plots/beatFigure.ts";
import type { PlotHandle } from "../plots/Plot.tsx";
import { grownLimits } from "../plots/ranges.ts";
import type { Size } from "../plots/surface.ts";
import type { ColourScheme } from "../plots/theme.ts";
import { type BeatScale, scaleOf } from "./geometry.ts";

/** The axes settle this long (ms) after the last movement. */
const settleAfter = 260;

export interface BeatPainterOptions {
  readonly plot: PlotHandle;
  /** Puts the handles where the waves are. */
  readonly paintHandles: (picture: BeatPicture, scale: BeatScale) => void;
}

/** Draws beats one after another: moving ones quickly on axes that only grow, resting ones on axes that fit. */
export interface BeatPainter {
  draw(picture: BeatPicture): void;
  setOverlay(overlay: RealBeat | null): void;
  setScheme(scheme: ColourScheme): void;
  setSize(size: Size): void;
  /** While a wave is held the axes do not settle. */
  setHeld(held: boolean): void;
  /** Puts the handles again where they belong, after they have been built anew. */
  repaintHandles(): void;
  stop(): void;
}

export function createBeatPainter({ plot, paintHandles }: BeatPainterOptions): BeatPainter {
  let picture: BeatPicture | null = null;
  let overlay: RealBeat | null = null;
  let scheme: ColourScheme = "light";
  let size: Size | null = null;
  let held = false;
  let shown: { readonly traces: string; readonly range: BeatRange } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const figureIn = (beat: BeatPicture, range: BeatRange) =>
    beatFigure({ picture: beat, overlay, range, scheme, labels: false });

  const repaintHandles = () => {
    if (picture !== null && shown !== null && size !== null) {
      paintHandles(picture, scaleOf(shown.range, size));
    }
  };

  const show = (beat: BeatPicture, range: BeatRange) => {
    shown = { traces: tracesOf(beat), range };
    plot.show(figureIn(beat, range));
    repaintHandles();
  };

  const settle = () => {
    timer = null;
    if (picture === null || held) return;
    const range = beatRange(picture, overlay);
    if (shown === null || !sameRange(range, shown.range)) show(picture, range);
  };

  const settleLater = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(settle, settleAfter);
  };

  const redraw = () => {
    if (picture !== null) show(picture, beatRange(picture, overlay));
  };

  return {
    draw: (next) => {
      picture = next;
      if (shown === null || shown.traces !== tracesOf(next)) {
        redraw();
        return;
      }
      const limits = beatLimits(next, overlay);
      const range = {
        x: grownLimits(shown.range.x, limits.x, 0),
        y: grownLimits(shown.range.y, limits.y, verticalPadding / 2),
      };
      if (sameRange(range, shown.range)) {
        plot.move(figureIn(next, range));
        repaintHandles();
      } else {
        show(next, range);
      }
      settleLater();
    },
    setOverlay: (next) => {
      overlay = next;
      redraw();
    },
    setScheme: (next) => {
      scheme = next;
      redraw();
    },
    setSize: (next) => {
      size = next;
      repaintHandles();
    },
    setHeld: (next) => {
      held = next;
      if (!held) settleLater();
    },
    repaintHandles,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Pictures with the same value here differ in the points of their traces only. */
function tracesOf(picture: BeatPicture): string {
  return [picture.timeLabel, picture.unit, ...picture.components.map(({ name }) => name)].join("\n");
}

function sameRange(a: BeatRange, b: BeatRange): boolean {
  return a.x[0] === b.x[0] && a.x[1] === b.x[1] && a.y[0] === b.y[0] && a.y[1] === b.y[1];
}
