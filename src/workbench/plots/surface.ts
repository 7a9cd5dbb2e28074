import type { Config, Data } from "plotly.js";
import type { Figure } from "./figure.ts";
import type { PlotlyLibrary } from "./plotly.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The drawing of a figure into an element: at once, moved, or at another size. */
export interface Surface {
  /** Draws a figure whole: about 8 ms for a beat. */
  show(figure: Figure): void;
  /**
   * Gives the traces of the shown figure new points, the axes staying as they are: under 1 ms of work for a beat,
   * and the newest call wins. The figure must have the same traces and layout as the one shown.
   */
  move(figure: Figure): void;
  resize(size: Size): void;
  remove(): void;
}

/** Opens a surface on an empty element of a known size. `interactive` figures answer to hovering and zooming. */
export function createSurface(
  plotly: PlotlyLibrary,
  element: HTMLElement,
  initialSize: Size,
  interactive: boolean,
): Surface {
  const config: Partial<Config> = {
    staticPlot: !interactive,
    displaylogo: false,
    displayModeBar: interactive ? "hover" : false,
    modeBarButtons: [["resetScale2d", "toImage"]],
    doubleClick: "reset",
  };
  let size = initialSize;
  let shown: Figure | null = null;
  let removed = false;

  const show = (figure: Figure) => {
    shown = figure;
    const layout = { ...figure.layout, width: size.width, height: size.height };
    settled(plotly.react(element, [...figure.data], layout, config));
  };

  const move = (figure: Figure) => {
    shown = figure;
    const points = figure.data.map((trace) => ({ x: Reflect.get(trace, "x"), y: Reflect.get(trace, "y") }));
    const animation = plotly.animate(
      element,
      { data: points as Data[], traces: points.map((_, index) => index) },
      { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } },
    );
    settled(animation);
  };

  /** Plotly rejects an animation that a newer call overtakes, without a reason: that is no error. */
  const settled = (drawing: Promise<unknown>) => {
    drawing.catch((reason: unknown) => {
      if (reason !== undefined && !removed) throw reason;
    });
  };

  return {
    show,
    move,
    resize: (next) => {
      if (next.width === size.width && next.height === size.height) return;
      size = next;
      if (shown !== null) show(shown);
    },
    remove: () => {
      removed = true;
      plotly.purge(element);
    },
  };
}
