import { expect, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";
import { trainTiny } from "./support/generatePage.ts";

test("Time-VQVAE learns in two stages, and its tokens are watched being chosen", async ({ page }) => {
  test.setTimeout(300_000);
  await trainTiny(page, "Time-VQVAE");

  const sampling = page.getByTestId("sampling");
  await expect(sampling).toHaveAttribute("data-at", "14");
  const [low, high] = [0, 1].map((part) => sampling.getByTestId("token-grid").nth(part));
  await expect(low).toHaveAttribute("data-decided", "13");
  await expect(high).toHaveAttribute("data-decided", "52");
  const slider = page.getByRole("slider", { name: "Step of the sampling" });
  await slider.focus();
  await slider.press("Home");
  // ⌊13 cos(π / 12)⌋ = 12 are open again after the first of six steps.
  await expect(low).toHaveAttribute("data-decided", "1");
  await expect(high).toHaveAttribute("data-decided", "0");
  await expect(low).toHaveAttribute("aria-label", "Low frequencies: 1 of 13 tokens decided");
  const through = page.getByTestId("reconstruction");
  await expect(through.locator("path")).toHaveCount(8, { timeout: 60_000 });
  await expect(page.getByLabel("How many codes are in use, over the iterations")).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
});
