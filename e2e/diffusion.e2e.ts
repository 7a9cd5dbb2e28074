import { expect, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";
import { trainTiny } from "./support/generatePage.ts";

test("a diffusion model learns, and its sampling is watched, scrubbed, changed and cancelled", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await trainTiny(page, "DiffWave");

  const sampling = page.getByTestId("sampling");
  await expect(sampling).toHaveAttribute("data-at", "25");
  await expect(page.getByTestId("terminal-signal")).toContainText("√ᾱ = 0.075");

  const picture = sampling.getByTestId("sampled").locator("path").first();
  const finished = await picture.getAttribute("d");
  const slider = page.getByRole("slider", { name: "Step of the sampling" });
  await slider.focus();
  await slider.press("Home");
  await expect(sampling).toHaveAttribute("data-at", "0");
  expect(await picture.getAttribute("d")).not.toBe(finished);
  expect(await seriousFindings(page)).toEqual([]);

  // Another sampler, without another training.
  await sampling.getByRole("combobox", { name: "Sampler" }).click();
  await page.getByRole("option", { name: "Six aligned steps" }).click();
  await sampling.getByRole("button", { name: "Make again" }).click();
  await expect(sampling).toHaveAttribute("data-at", "6", { timeout: 90_000 });

  await page.getByRole("textbox", { name: "Beats", exact: true }).fill("5000");
  await page.getByRole("textbox", { name: "Beats", exact: true }).blur();
  await page.getByRole("button", { name: "Beats as CSV" }).click();
  const making = page.getByTestId("making");
  await expect(making).toContainText("of 5,000", { timeout: 60_000 });
  await making.getByRole("button", { name: "Stop" }).click();
  await expect(making).toBeHidden({ timeout: 60_000 });
  await expect(page.getByText("none is kept")).toBeVisible();
});
