import type { Page } from "@playwright/test";
import type { FrameBenchmark, PageFigure } from "./frameBenchmark.ts";
import { finished, openRecords, pick } from "./imports.ts";
import { longRecord } from "./madeRecords.ts";

/** As many as MIT-BIH has, as long as they are. */
const [records, minutes] = [48, 30];
/** What the field would call within a minute, s. */
const mostSeconds = 60;

async function watchTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
  });
  return () => page.evaluate(() => Math.max(0, ...(Reflect.get(window, "longTasks") as number[])));
}

/** Half-hour records of two leads: parsed, hashed, their R peaks, waves and beats found, and stored. */
export const libraryBenchmark: FrameBenchmark = {
  name: "import of half-hour records",
  async measure(page, address): Promise<PageFigure[]> {
    await page.addInitScript("globalThis.__name = (value) => value");
    await openRecords(page, address);
    await page.waitForLoadState("networkidle");
    const longestTask = await watchTasks(page);
    const files = Array.from({ length: records }, (_, index) =>
      longRecord(`r${index}`, minutes, index),
    ).flat();
    const began = performance.now();
    await pick(page, files);
    await finished(page).waitFor({ timeout: 300_000 });
    const seconds = (performance.now() - began) / 1000;
    const told = (await finished(page).textContent()) ?? "";
    if (!told.includes(`${records} records stored`)) throw new Error(`the import told: ${told}`);
    return [
      {
        name: `import of ${records} records of ${minutes} minutes`,
        value: seconds,
        unit: "s",
        baseline: "the minute that it may take",
        against: mostSeconds,
        atMost: mostSeconds,
      },
      {
        name: "import of half-hour records, longest task of the page",
        value: Math.max(0.1, await longestTask()),
        unit: "ms",
        baseline: "the 50 ms that it may take",
        against: 50,
        atMost: 50,
      },
    ];
  },
};
