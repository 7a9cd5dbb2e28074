import type { Figure } from "./figure.ts";
import { type ColourScheme, layoutStyle, plotColours, seriesColour } from "./theme.ts";

/** The loop of the heart's equations with what is drawn over it, sample by sample. */
export interface HeartLoop {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** z of the equations' own beat, and of another. */
  readonly simulated: ArrayLike<number>;
  readonly given: ArrayLike<number>;
}

/** From where the loop is seen, degrees. */
export interface Viewpoint {
  readonly turn: number;
  readonly tilt: number;
}

/** Height of a beat beside the radius of the loop. */
const relief = 1.1;

/**
 * McSharry's picture: the state runs round a circle in x and y and rises and falls in z as P, Q, R, S and T pull at it, seen
 * from a point in space by parallel projection.
 */
export function heartLoopFigure(loop: HeartLoop, { turn, tilt }: Viewpoint, scheme: ColourScheme): Figure {
  const [angle, elevation] = [turn, tilt].map((degrees) => (degrees * Math.PI) / 180);
  const highest = Math.max(...Array.from(loop.simulated), ...Array.from(loop.given));
  const lowest = Math.min(...Array.from(loop.simulated), ...Array.from(loop.given));
  const scale = relief / (highest - lowest || 1);
  const projected = (z: (at: number) => number) => {
    const points = Array.from(loop.x, (_, at) => {
      const across = loop.x[at] * Math.cos(angle) - loop.y[at] * Math.sin(angle);
      const deep = loop.x[at] * Math.sin(angle) + loop.y[at] * Math.cos(angle);
      return [across, deep * Math.sin(elevation) + z(at) * Math.cos(elevation)] as const;
    });
    return { x: points.map(([across]) => across), y: points.map(([, up]) => up) };
  };
  const colours = plotColours[scheme];
  const line = (name: string, z: (at: number) => number, color: string, width: number, dash?: "dot") =>
    ({
      type: "scatter",
      mode: "lines",
      name,
      ...projected(z),
      hoverinfo: "skip",
      line: { color, width, ...(dash === undefined ? {} : { dash }) },
    }) as const;
  const hidden = { visible: false, fixedrange: true } as const;
  return {
    data: [
      { ...line("limit cycle", () => 0, colours.dimmed, 1, "dot"), showlegend: false },
      line("equations", (at) => loop.simulated[at] * scale, seriesColour(0, scheme).stroke, 2),
      line("generated beat", (at) => loop.given[at] * scale, colours.residual, 2.5),
    ],
    layout: {
      ...layoutStyle(scheme),
      margin: { l: 4, r: 4, t: 26, b: 4 },
      xaxis: { ...hidden, range: [-1.4, 1.4] },
      yaxis: { ...hidden, range: [-1.3, 1.7] },
    },
  };
}
