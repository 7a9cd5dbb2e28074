import type { Page } from "@playwright/test";
import { WorkbenchPage } from "./workbenchPage.ts";

/** One figure of a measurement in the page, lower being better. */
export interface PageFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: string;
  /** What the baseline took. */
  readonly against: number;
  readonly atMost: number;
}

export interface FrameBenchmark {
  readonly name: string;
  measure(page: Page, address: string): Promise<PageFigure[]>;
}

/** What a page's script measured, ms. */
interface Frames {
  /** From the input event to the start of the frame that carries the picture to the screen. */
  readonly delays: readonly number[];
  readonly longestTask: number;
  /** Distance of the frames of the page at rest. */
  readonly frame: number;
}

const moves = 240;

/**
 * Moves a slider at every frame and waits, for each value, until beat and strip show it (`data-picture` changes in the
 * same task as both are painted, and the next frame has begun).
 */
async function slideAndMeasure(page: Page): Promise<Frames> {
  return page.evaluate(async (count) => {
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const strip = document.querySelector("[data-testid=synthetic-strip]");
    const thumb = document.querySelector<HTMLElement>('[role=slider][aria-label="R wave amplitude, mV"]');
    if (strip === null || thumb === null) throw new Error("the page has no strip or slider");
    let longestTask = 0;
    const tasks = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longestTask = Math.max(longestTask, entry.duration);
    });
    let start = await nextFrame();
    for (let index = 0; index < 60; index++) await nextFrame();
    const frame = (performance.now() - start) / 60;
    tasks.observe({ type: "longtask" });
    const delays: number[] = [];
    thumb.focus();
    for (let index = 0; index < count; index++) {
      await nextFrame();
      const before = strip.getAttribute("data-picture");
      start = performance.now();
      const painted = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (strip.getAttribute("data-picture") === before) return;
          observer.disconnect();
          // What was drawn in this task reaches the screen with the frame that begins next.
          requestAnimationFrame(() => resolve());
        });
        observer.observe(strip, { attributes: true, attributeFilter: ["data-picture"] });
      });
      const key = index % 80 < 40 ? "ArrowRight" : "ArrowLeft";
      thumb.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true }));
      await painted;
      delays.push(performance.now() - start);
    }
    tasks.disconnect();
    return { delays, longestTask, frame };
  }, moves);
}

/** From a slider to the painted picture, both views, 10 s at 500 Hz. */
export const frameBenchmarks: readonly FrameBenchmark[] = [
  {
    name: "slider to painted picture",
    async measure(page, address) {
      // tsx marks the names of functions with a helper that a page does not have.
      await page.addInitScript("globalThis.__name = (value) => value");
      await page.goto(address);
      await new WorkbenchPage(page).settled();
      await page.waitForLoadState("networkidle");
      await slideAndMeasure(page);
      const { delays, longestTask, frame } = await slideAndMeasure(page);
      const sorted = [...delays].sort((one, other) => one - other);
      const share = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
      const common = { unit: "ms", baseline: "one frame of the page at rest", against: frame };
      return [
        { ...common, name: "slider to painted picture, median", value: share(0.5), atMost: 17 },
        { ...common, name: "slider to painted picture, 95 %", value: share(0.95), atMost: 33 },
        {
          ...common,
          name: "slider to painted picture, longest task",
          value: Math.max(longestTask, 0.1),
          atMost: 50,
        },
      ];
    },
  },
];
