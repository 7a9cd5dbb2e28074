import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";
import { chooseProtocol, openSpecification, storedRecords } from "./support/experimentPage.ts";

/** Augmentation and transfer on few beats of virtual patients, with networks that learn in a moment. */
const small = {
  kind: "Augmentation and transfer experiment",
  name: "Small augmentation",
  form: "beats",
  classes: ["N", "V"],
  lead: "MLII",
  mostSignals: 40,
  division: { byPatient: true, testShare: 0.3, validationShare: 0.3, seed: 1 },
  classifier: {
    architecture: "dilatedCnn",
    hyperparameters: {
      ...{ depth: 1, filters: "4", kernel: "3", hidden: "4", hiddenLayers: 1 },
      ...{ epochs: 2, batchSize: 16, weightDecay: 0.01, leastGain: 1e-5 },
    },
  },
  syntheticPerClass: 10,
  settings: ["realToReal", "repeatedToReal", "bothToReal", "levelledToReal", "tunedToReal"],
  generators: [{ generator: "vanillaGan", hyperparameters: { batchSize: 8 }, iterations: 10 }],
  hasAllTogether: false,
  shares: [1],
  freezesConvolutions: [true],
  seeds: [1],
};

test("augmentation and transfer are computed from a file, and their table fills", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("./#/experiment");
  await chooseProtocol(page, /Augmentation and transfer/);
  const setup = page.getByTestId("experiment-setup");
  await setup.getByRole("textbox", { name: "Virtual patients" }).fill("6");
  await setup.getByRole("textbox", { name: "Virtual patients" }).blur();
  await setup.getByRole("button", { name: "Estimate" }).click();
  await expect(page.getByTestId("plan")).toContainText(/trainings; .* networks/, { timeout: 60_000 });

  const source = { name: "virtual patients", members: await storedRecords(page) };
  await openSpecification(page, { ...small, sources: [source] });
  const shown = page.getByTestId("experiment");
  await expect(shown).toHaveAttribute("data-total", "5");
  await page.getByRole("button", { name: "Compute the rest" }).click();
  await expect(shown).toHaveAttribute("data-finished", "5", { timeout: 60_000 });

  const table = page.getByTestId("augmentation-table");
  for (const title of [
    /^Real → real/,
    /^Real, repeated → real/,
    /^Real and synthetic → real · GAN/,
    /^Real, levelled by repeating → real/,
    /^Synthetic, then real → real · GAN · convolutions kept/,
  ]) {
    await expect(table.getByRole("row", { name: title })).toContainText(/\d\.\d{3}/);
  }
  await page.getByRole("combobox", { name: "Measure" }).click();
  await page.getByRole("option", { name: "Macro recall" }).click();
  await expect(table).toContainText("virtual patients: Macro recall");
  expect(await seriousFindings(page)).toEqual([]);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV", exact: true }).click();
  const csv = (await readFile(await (await downloading).path(), "utf8")).trim().split("\n");
  // A head, and five settings by five measures.
  expect(csv).toHaveLength(1 + 5 * 5);
});
