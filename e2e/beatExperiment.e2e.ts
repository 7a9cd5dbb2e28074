import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";
import { chooseProtocol, openSpecification, storedRecords } from "./support/experimentPage.ts";

/** SimGAN's experiment on few beats of virtual patients, with networks that learn in a moment. */
const small = {
  kind: "SimGAN experiment",
  name: "Small SimGAN",
  targets: ["V"],
  generators: [
    { generator: "none", hyperparameters: {}, iterations: 0 },
    { generator: "oversampled", hyperparameters: {}, iterations: 0 },
    { generator: "vanillaGan", hyperparameters: { batchSize: 16 }, iterations: 30 },
  ],
  ratios: [0, 1],
  seeds: [1, 2],
  classifier: {
    architecture: "beatResNet",
    hyperparameters: { width: 0.125, epochs: 1, batchSize: 256, learningRate: 3e-3 },
  },
};

test("whether generated beats help is computed, survives a reload, and ends in tables, figures and files", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto("./#/experiment");
  await chooseProtocol(page, /SimGAN/);
  const setup = page.getByTestId("experiment-setup");
  await setup.getByRole("textbox", { name: "Virtual patients" }).fill("6");
  await setup.getByRole("textbox", { name: "Virtual patients" }).blur();
  expect(await seriousFindings(page)).toEqual([]);

  // The patients are made, and what is set up is counted and timed before anything begins.
  await setup.getByRole("button", { name: "Estimate" }).click();
  await expect(page.getByTestId("plan")).toContainText(/trainings; .* networks.*at most about/, {
    timeout: 90_000,
  });

  // A smaller one comes from a file, with the records that the form has found.
  const source = {
    name: "virtual patients",
    members: await storedRecords(page),
    lead: "MLII",
    filter: "none",
    mostPerRecord: { N: 80 },
  };
  await openSpecification(page, { ...small, source });
  const shown = page.getByTestId("experiment");
  await expect(shown).toHaveAttribute("data-total", "6");
  await page.getByRole("button", { name: "Compute the rest" }).click();
  await expect(shown).toHaveAttribute("data-finished", /[1-5]/, { timeout: 60_000 });

  await page.reload();
  await page.getByTestId("experiments").getByRole("button").first().click();
  await expect(shown).toHaveAttribute("data-finished", /[1-6]/);
  await page.getByRole("button", { name: "Compute the rest" }).click();
  await expect(shown).toHaveAttribute("data-finished", "6", { timeout: 90_000 });

  const table = page.getByTestId("table-V");
  await expect(table.getByRole("row", { name: /^GAN/ })).toContainText(/better|worse|undecided/);
  await expect(table.getByTestId("reading")).toContainText("Ventricular");
  await expect(table.getByRole("figure", { name: /Precision over recall/ })).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV", exact: true }).click();
  const csv = await readFile(await (await downloading).path(), "utf8");
  expect(csv.split("\n").filter((line) => line.startsWith("V,"))[0]).toContain("none");
});

test("a generator is set up in the form, and stands there again with another value", async ({ page }) => {
  await page.goto("./#/experiment");
  await chooseProtocol(page, /SimGAN/);
  // What is chosen already lies over the field itself.
  await page.getByRole("combobox", { name: "Added to the real beats" }).press("ArrowDown");
  await page.getByRole("option", { name: "DCGAN", exact: true }).click();
  await page.keyboard.press("Escape");
  const chosen = page.getByTestId("chosen-trainings");
  await expect(chosen.getByRole("button", { name: /^DCGAN/ })).toContainText(
    "1,000 iterations · values of the short training",
  );

  await chosen.getByRole("button", { name: /^SimVGAN/ }).click();
  // By the keyboard: where the panel is still unfolding a click meets what has moved there.
  await chosen.getByRole("button", { name: "Add with other values" }).press("Enter");
  const counting = page.getByRole("button", { name: "Count and estimate" });
  await expect(chosen.getByText("The same as the one above")).toBeVisible();
  await expect(counting).toBeDisabled();
  const weight = chosen.getByRole("textbox", { name: /weight of the simulator, number/ });
  await weight.fill("0");
  await weight.blur();
  await expect(chosen.getByRole("button", { name: "SimVGAN (weight of the simulator 0)" })).toBeVisible();
  await expect(chosen.getByRole("button", { name: "SimVGAN (weight of the simulator 1)" })).toBeVisible();
  await expect(counting).toBeEnabled();
  await chosen.getByText("Usual values", { exact: true }).click();
  await expect(chosen.getByRole("textbox", { name: "Iterations" })).toHaveValue("2000");
  expect(await seriousFindings(page)).toEqual([]);
  await chosen.getByRole("button", { name: "Leave out" }).click();
  await expect(chosen.getByRole("button", { name: /^SimVGAN/ })).toHaveCount(1);
});

test("every protocol has its form", async ({ page }) => {
  await page.goto("./#/experiment");
  await chooseProtocol(page, /PGAN/);
  await expect(page.getByRole("textbox", { name: "Unlabelled minutes" })).toHaveValue("5");
  await chooseProtocol(page, /Augmentation and transfer/);
  await expect(page.getByText("Trained on → tested on")).toBeVisible();
  await page.getByRole("combobox", { name: "And of" }).click();
  await page.getByRole("option", { name: /^MIT-BIH/ }).click();
  await expect(page.getByText("Each by itself, and both merged")).toBeVisible();
  const frozen = page.getByRole("checkbox", { name: /^Convolutions kept/ });
  await frozen.click();
  // One of both stays.
  await expect(frozen).toBeChecked();
  await page.getByRole("checkbox", { name: "All layers trained on" }).click();
  await frozen.click();
  await expect(frozen).not.toBeChecked();
  await page.getByRole("combobox", { name: "Signals", exact: true }).click();
  await page.getByRole("option", { name: /^Ten seconds/ }).click();
  await expect(page.getByText("NORM", { exact: true })).toBeVisible();
  await page.getByText("As in the paper").click();
  await expect(page.getByRole("textbox", { name: "Synthetic of a class" })).toHaveValue("3000");
  expect(await seriousFindings(page)).toEqual([]);
});
