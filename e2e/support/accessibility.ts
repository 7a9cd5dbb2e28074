import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Serious and critical findings on the page as it stands when its transitions are over: a colour on its way has no contrast. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (;;) {
      // What just changed, a colour scheme above all, is told in the next frame, and transitions begin in one after it.
      for (let frames = 0; frames < 4; frames++) await frame();
      const ending = document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)));
      if (ending.length === 0) return;
      // One whose element has gone is cancelled, and as good as over.
      await Promise.allSettled(ending.map(({ finished }) => finished));
    }
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map((node) => node.target.join(" "))
          .join(" | ")}`,
    );
}
