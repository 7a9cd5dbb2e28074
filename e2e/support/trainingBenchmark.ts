import type { Page } from "@playwright/test";
import { neverSlower } from "../../src/testing/pairedRates.ts";
import type { TrainingBench } from "../../src/testing/trainingBenchPage.ts";
import type { FrameBenchmark, PageFigure } from "./frameBenchmark.ts";
import { TrainPage } from "./trainPage.ts";

/** Longest task that a training may cause on the page, ms. */
const longestTask = 50;
/** In which a training must stop, ms. */
const longestStop = 1000;

/** The page while a worker trains: its longest task, and how fast it stops a training. */
export const trainingPageBenchmark: FrameBenchmark = {
  name: "the page while a network trains",
  async measure(page, address): Promise<PageFigure[]> {
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(`${address}#/train`);
    const train = new TrainPage(page);
    await train.startButton.waitFor();
    await train.chooseSmall({ perClass: 300, epochs: 50 });
    const longest = () => page.evaluate(() => Math.max(0, ...(Reflect.get(window, "longTasks") as number[])));
    const watch = () =>
      page.evaluate(() => {
        const tasks: number[] = [];
        Object.assign(window, { longTasks: tasks });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) tasks.push(duration);
        }).observe({ type: "longtask" });
      });
    await page.waitForLoadState("networkidle");
    await watch();
    await page.waitForTimeout(5000);
    const atRest = await longest();
    await train.startButton.click();
    await train.waitForState(/running/);
    // The first curve loads the drawing library.
    await page.waitForTimeout(8000);
    await watch();
    await page.waitForTimeout(10_000);
    const training = await longest();
    const began = performance.now();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await train.waitForState(/cancelled/);
    const stopped = performance.now() - began;
    return [
      {
        name: "longest task of the page while a network trains",
        value: training,
        unit: "ms",
        baseline: `the page at rest (${atRest.toFixed(0)} ms; tasks below 50 ms are not told)`,
        against: Math.max(atRest, 1),
        atMost: longestTask,
      },
      {
        name: "from Stop to a training that has stopped",
        value: stopped,
        unit: "ms",
        baseline: "a second",
        against: longestStop,
        atMost: longestStop,
      },
    ];
  },
};

/** What is promised of the LSTM where there is a graphics card; of all else, that ours is never slower. */
const promisedOnCards: Readonly<Record<string, number>> = { "LSTM 2 × 512 webgpu": 5 };

/** Steps after which memory is compared. */
const memorySteps = 2000;

/** One line of the training benchmarks; higher is better. */
export interface RateFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: string;
  readonly ratio: number;
  readonly atLeastRatio: number;
}

/** Training on every graphics backend that this browser opens, against tfjs's own operations. */
export async function graphicsFigures(
  page: Page,
  wanted: (name: string) => boolean,
  report: (figure: RateFigure) => void,
): Promise<void> {
  await page.addInitScript("globalThis.__name = (value) => value");
  const bench = <T>(
    run: (own: TrainingBench, words: readonly unknown[]) => T,
    ...words: readonly unknown[]
  ) =>
    page.evaluate(`(${run.toString()})(window.trainingBench, ${JSON.stringify(words)})`) as Promise<
      Awaited<T>
    >;
  const graphics = await bench((own) => own.graphics());
  for (const { name: backend, adapter, software } of graphics) {
    const where = `${backend} (${adapter}${software ? ", imitated" : ""})`;
    const cases = await bench((own, [isSlow]) => own.cases(isSlow as boolean), software);
    for (const [index, { name: network, title, baseline, isPromised }] of cases.entries()) {
      const name = `training ${title}, ${where}`;
      if (!wanted(name)) continue;
      const { ours, stock, reason } = await bench(
        (own, [at, on, isSlow]) => own.measure(at as number, on as "webgl", isSlow as boolean),
        index,
        backend,
        software,
      );
      const usual = isPromised ? neverSlower : 0;
      const promised = software ? usual : (promisedOnCards[`${network} ${backend}`] ?? usual);
      report({
        name,
        value: ours,
        unit: "steps/s",
        baseline: reason === null ? baseline : `${baseline} (${reason.slice(0, 60)})`,
        // What cannot be trained at all is infinitely slower.
        ratio: stock === null ? Number.POSITIVE_INFINITY : ours / stock,
        atLeastRatio: promised,
      });
    }
    const name = `memory of ${memorySteps.toLocaleString("en")} training steps, ${where}`;
    if (!wanted(name)) continue;
    const { first, last } = await bench(
      (own, [on, steps]) => own.memory(on as "webgl", steps as number),
      backend,
      memorySteps,
    );
    report({
      name: `${name}, ${last.tensors} tensors`,
      value: last.bytes / 1e6,
      unit: "MB",
      baseline: `after 20 steps, ${first.tensors} tensors`,
      ratio: Math.min(first.bytes / last.bytes, first.tensors / last.tensors),
      atLeastRatio: 1,
    });
  }
}
