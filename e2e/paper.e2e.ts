import { expect, type Page, test } from "@playwright/test";
import { WorkbenchPage } from "./support/workbenchPage.ts";

/** CSS's millimetre, in which an uncalibrated screen is measured. */
const pixelsPerMillimetre = 96 / 25.4;

/** Distance in CSS pixels between the strip's coarse grid lines, measured on the pixels of its canvas. */
async function coarseGrid(page: Page): Promise<number> {
  return page
    .getByTestId("synthetic-strip")
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("no canvas");
      const row = Math.round(canvas.height * 0.985);
      const { data } = context.getImageData(0, row, canvas.width, 1);
      const darkness = Array.from(
        { length: canvas.width },
        (_, x) => 765 - data[4 * x] - data[4 * x + 1] - data[4 * x + 2],
      );
      const strongest = Math.max(...darkness.slice(0, Math.floor(canvas.width / 2)));
      const lines: number[] = [];
      darkness.slice(0, Math.floor(canvas.width * 0.6)).forEach((value, x) => {
        if (value > strongest * 0.75 && (lines.length === 0 || x - lines[lines.length - 1] > 4))
          lines.push(x);
      });
      return (lines[lines.length - 1] - lines[0]) / (lines.length - 1) / devicePixelRatio;
    });
}

for (const [deviceScaleFactor, width] of [
  [1, 1600],
  [1.5, 500],
  [2, 1024],
]) {
  test(`one second is 25 mm at pixel ratio ${deviceScaleFactor} in a window of ${width} px`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ deviceScaleFactor, viewport: { width, height: 900 } });
    const workbench = new WorkbenchPage(await context.newPage());
    await workbench.open();
    const second = (5 * (await coarseGrid(workbench.page))) / pixelsPerMillimetre;
    expect(Math.abs(second - 25)).toBeLessThan(0.25);
    await context.close();
  });
}

test("resizing the window does not change the scale", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const before = await coarseGrid(page);
  await page.setViewportSize({ width: 700, height: 800 });
  await expect.poll(() => coarseGrid(page)).toBeCloseTo(before, 1);
});

test("a calibrated screen keeps its millimetres after a reload", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const before = await coarseGrid(page);
  await page.getByRole("button", { name: "True size" }).click();
  const slider = page.getByRole("slider", { name: "Width of the card on this screen" });
  await slider.focus();
  for (let press = 0; press < 100; press++) await slider.press("ArrowRight");
  await page.getByRole("button", { name: "Use this size" }).click();
  await expect.poll(() => coarseGrid(page)).toBeGreaterThan(before * 1.08);
  const calibrated = await coarseGrid(page);
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.reload();
  await workbench.settled();
  await expect.poll(() => coarseGrid(page)).toBeCloseTo(calibrated, 1);
});

test("calipers measure, snap, march and are read aloud, all by keyboard", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open("#/synthesise?calipers=2,3");
  const first = page.getByRole("slider", { name: "First caliper leg" });
  const second = page.getByRole("slider", { name: "Second caliper leg" });
  await expect(second).toHaveAttribute("aria-valuetext", /1000 ± [\d.]+ ms · 60\.0 ± [\d.]+ \/min/);
  await second.focus();
  await second.press("ArrowRight");
  await expect(second).toHaveAttribute("aria-valuetext", /^3\.002 s; 1002/);
  await second.press("PageUp");
  const snapped = Number(await second.getAttribute("aria-valuenow"));
  expect(snapped).toBeGreaterThan(3.002);
  await second.press("m");
  await expect(page.locator("[data-march]").first()).toBeAttached();
  await expect(page).toHaveURL(/calipers=2,[\d.]+,march/);
  await first.press("Escape");
  await expect(first).toHaveCount(0);
});
